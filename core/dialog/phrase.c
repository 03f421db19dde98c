/* SPDX-License-Identifier: Apache-2.0 */
/* phrase.c - the table of phrases and the look through it. */
#include "dialog/phrase.h"

#include <assert.h>
#include <string.h>
#include <threads.h>

/* CHAIN: the whole text is made of phrases of the list, and of words that only join them. */
enum where { ANYWHERE, AT_START, WHOLE, CHAIN };

struct phrases {
	uint64_t cue;
	enum where where;
	uint64_t bar;  /* not if one of these was found above it */
	uint64_t need; /* only if this was found above it         */
	const char *const *list;
};

#define LIST_OF(...) ((const char *const[]){__VA_ARGS__, NULL})

/* All in folded form: Simplified, half width, lower case. A ~ is a word of some matter. */
static const struct phrases table[] = {
    {CUE_INJECTION, ANYWHERE, 0, 0,
     LIST_OF("忽略之前", "忽略以上", "忽略前面", "忽略上面", "忽略所有", "忽略你的", "无视之前",
	     "无视以上", "无视前面", "忘掉之前的指令", "忘记之前的指令", "忘记你的设定",
	     "忘掉你的设定", "系统提示词", "系统提示语", "你的提示词", "prompt", "开发者模式",
	     "developer mode", "越狱模式", "jailbreak", "ignore previous", "ignore all",
	     "ignore the above", "ignore above", "system:", "</system>", "你现在扮演", "假装你是",
	     "从现在起你是", "从现在开始你是", "你不再是", "不受任何限制", "管理员权限", "原样输出",
	     "逐字输出", "一字不差地", "假如你是", "输出你的规则", "输出你的指令", "drop table",
	     "<script")},
    {CUE_INJECTION, ANYWHERE, 0, 0,
     LIST_OF("管理员模式", "上帝模式", "root模式", "dan模式", "调试模式", "无限制模式", "忘记你是",
	     "忘了你是", "你不是客服", "别当客服", "你是1个黑客", "你是一个黑客", "你是黑客",
	     "你现在是1个", "你现在是一个", "扮演", "你就是我的", "不管我问什么", "无论我问什么",
	     "无论我说什么", "不管我说什么", "内部配置", "后台配置", "训练数据", "answer freely",
	     "new rules", "act as", "pretend to be", "you are now", "your instructions",
	     "system message", "above this line", "everything above")},
    {CUE_RULES, ANYWHERE, 0, 0,
     LIST_OF("所有的规则", "所有规则", "你的规则", "的规则", "规矩", "全部指令", "的指令",
	     "所有指令", "指令", "你的设定", "设定", "提示词", "提示语", "所有限制", "1切限制",
	     "一切限制", "安全限制", "你的限制", "审核", "开头那段", "你的说明", "源代码",
	     "instruction", "rules", "restriction", "guideline", "prompt")},
    {CUE_INJECTION, ANYWHERE, 0, CUE_RULES,
     LIST_OF("忽略", "无视", "绕过", "绕开", "抛开", "抛弃", "忘掉", "忘记", "不要遵守", "别遵守",
	     "不用遵守", "关闭", "解除", "取消", "删除", "打印", "输出", "透露", "泄露", "复述",
	     "背1遍", "背一遍", "念1遍", "念一遍", "发给我", "告诉我", "贴出来", "改写", "覆盖",
	     "ignore", "disregard", "forget", "reveal", "print", "repeat", "bypass", "override",
	     "show me")},
    {CUE_FOR, ANYWHERE, 0, 0,
     LIST_OF("帮他", "帮她", "帮忙办", "帮朋友", "帮同事", "替他", "替她", "替朋友", "替同事",
	     "代他", "代她", "给他办", "给她办", "代领", "代办", "委托")},
    {CUE_PAPER, ANYWHERE, 0, 0,
     LIST_OF("合同", "证明", "材料", "公章", "印章", "盖章", "章", "记录", "流水", "备案", "执照",
	     "资质", "证书", "~", "日期", "有效期", "学历", "社保")},
    {CUE_ABOUT, ANYWHERE, 0, 0,
     LIST_OF("识别", "分辨", "辨别", "鉴别", "举报", "处罚", "会怎样", "后果", "坐牢", "犯法",
	     "违法吗", "被骗", "诈骗", "真假", "合法吗", "合法不", "合法么", "合不合法", "合规吗",
	     "合不合规", "违法不", "违法么", "违法嘛", "不合法", "违不违法", "犯不犯", "犯罪吗",
	     "会怎么样", "会咋样", "罚款", "怎么罚", "罚多少", "会不会被罚", "会被罚", "被罚吗",
	     "会罚", "是不是违法", "是否违法", "违法的吗", "是违法吗", "算违法吗", "算不算违法",
	     "是不是犯法", "算犯法吗", "什么后果", "骗子", "法律让", "法律上", "法律允许", "规矩不",
	     "合规矩", "合不合规矩", "算不算挂靠", "real or fake", "fake吗", "fake的吗", "是fake")},
    {CUE_WRONG, ANYWHERE, 0, 0,
     LIST_OF("写错", "印错", "登错", "登记错", "打错", "填错", "录错", "弄错", "搞错", "错了",
	     "错误", "有误", "不对")},
    {CUE_FORGERY, ANYWHERE, 0, 0,
     LIST_OF("办假证", "办个假", "办张假", "办一张假", "做假证", "做个假", "做张假", "做一张假",
	     "弄个假", "弄张假", "搞个假", "搞张假", "搞一张假", "假~哪", "买假", "代办买证",
	     "ps一张", "ps一个", "p一张", "p个~", "p图改", "高仿")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT, 0,
     LIST_OF("借别人的~", "租个~", "租一张~", "假合同去", "用假合同", "做假合同", "假材料",
	     "假证明", "伪造", "仿造", "造假", "买个~", "买张~", "买一张~", "买~", "卖~", "买证")},
    {CUE_FORGERY, ANYWHERE, CUE_WRONG, 0,
     LIST_OF("改~上的日", "改~上的有效", "改~上的年", "改~上的期", "改~上的时间", "改~上的到期",
	     "改~的有效期", "改~有效期", "改~日期", "~日期改", "~的日期改")},
    {CUE_GETTING, ANYWHERE, 0, 0,
     LIST_OF("办", "做", "弄", "搞", "买", "哪有", "哪里有", "多少钱", "能用吗", "行不行")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT, 0,
     LIST_OF("办假的", "做假的", "弄假的", "搞假的", "买假的", "弄个假的", "搞个假的", "办个假的",
	     "做个假的", "不被发现")},
    {CUE_LICENCE, ANYWHERE, 0, 0,
     LIST_OF("资质", "证书", "证挂靠", "一建", "二建", "1建", "2建", "建造师", "安全员", "技工",
	     "职称", "投标", "接工程", "接活", "工程师", "安许证")},
    {CUE_INSURED, ANYWHERE, 0, 0,
     LIST_OF("社保", "五险", "5险", "公积金", "参保", "户口", "户籍", "档案", "集体户", "落户",
	     "人才市场", "人才中心", "地址", "货运", "货车", "网约车")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_INSURED, 0,
     LIST_OF("找人挂靠", "挂靠别人", "挂靠公司", "能挂靠", "可以挂靠", "挂靠行", "挂靠可以",
	     "想挂靠")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_INSURED, CUE_LICENCE, LIST_OF("挂靠")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT, CUE_LICENCE,
     LIST_OF("资质挂靠", "挂靠资质", "证书挂靠", "挂靠证书", "建造师挂靠", "建造师证挂靠",
	     "挂靠建造师")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT, CUE_GETTING,
     LIST_OF("假~", "假的~", "假证", "假的证", "假的劳动合同", "假的合同", "假的租赁合同",
	     "假的租房合同", "假的在职证明", "假的收入证明")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT, CUE_PAPER,
     LIST_OF("造1个", "造一个", "造1份", "造一份", "造个", "造份", "整个假", "整张假", "整1张假",
	     "整一张假", "整1份假", "整一份假", "弄本假", "弄份假", "弄1份假", "弄一份假",
	     "弄1本假", "弄一本假", "搞份假", "搞1份假", "搞一份假", "做份假", "做1份假",
	     "做一份假", "开份假", "开个假", "开1份假", "开一份假", "填假", "写假", "用假", "交假",
	     "私刻", "萝卜章", "涂改", "自己改1下日期", "自己改一下日期", "买现成", "买个现成",
	     "买资质", "租资质", "借资质", "假装", "装作", "fake", "counterfeit", "假公章", "假章",
	     "办证刻章", "刻假", "forge a", "forge my", "forge the", "forged", "forgery", "forging",
	     "to forge one")},
    {CUE_CODED, ANYWHERE, 0, 0,
     LIST_OF("编号", "号码", "证号", "证的号", "位数", "数字", "号是", "开头", "怎么编", "咋编",
	     "编排", "编码", "在编", "事业编", "编制", "密码")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_CODED, CUE_PAPER,
     LIST_OF("编的", "编1个", "编一个", "编1份", "编一份", "编个", "编份", "编造", "瞎编", "胡编")},
    {CUE_STAMPED, ANYWHERE, 0, 0,
     LIST_OF("合同", "合约", "协议", "证明", "房东", "单位", "派出所", "学校", "盖", "别家",
	     "别的公司", "别人", "别个", "工章")},
    {CUE_OPENS, ANYWHERE, 0, 0,
     LIST_OF("注册", "执照", "开户", "免费", "刻章费", "几天", "备案", "安许证", "新办", "新开")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_OPENS, CUE_STAMPED,
     LIST_OF("刻个章", "刻1个章", "刻一个章", "刻章", "刻公章", "刻个公章")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_WRONG, CUE_PAPER,
     LIST_OF("上的日期改", "日期改1下", "日期改一下", "把日期改", "改日期", "把有效期改",
	     "有效期改", "改有效期")},
    {CUE_FORGERY, ANYWHERE, CUE_ABOUT | CUE_FOR, 0,
     LIST_OF("用朋友的身份证", "用别人的身份证", "用他人的身份证", "用别人身份证", "用他人身份证",
	     "拿别人身份证", "用同事的身份证", "用室友的身份证", "用同学的身份证", "用老乡的身份证",
	     "用亲戚的身份证", "拿别人的身份证", "拿朋友的身份证", "拿他人的身份证", "借身份证",
	     "借个身份证", "借张身份证", "借别人身份证", "借朋友身份证", "借朋友的身份证",
	     "借别人的身份证", "别人身份证办", "用别人名字", "用别人的名字", "用朋友的名字",
	     "冒用别人", "冒用他人", "冒充别人", "冒名办", "冒名顶替", "顶替别人", "顶替他",
	     "顶替她", "顶替我", "找人顶替", "替我刷脸", "帮我刷脸", "代刷脸", "找人刷脸", "借脸",
	     "用别人的合同", "用朋友的合同", "借别人的合同", "借个合同", "借份合同", "用别人的~",
	     "拿别人的~")},
    {CUE_PAID, ANYWHERE, CUE_FORGERY | CUE_ABOUT, 0,
     LIST_OF("推荐中介", "中介推荐", "推荐个中介", "推荐1个中介", "推荐一个中介", "推荐下中介",
	     "中介给推荐", "找中介", "找个中介", "中介帮", "中介能", "办证的中介", "办证中介",
	     "代办公司", "代办机构", "找代办的", "找个代办的", "黄牛", "找熟人", "有熟人", "托熟人",
	     "托人办", "托个人", "走捷径", "走个捷径", "走门路", "有门路", "找门路", "有路子",
	     "找路子", "走个后门", "开后门", "打点1下", "打点一下", "打点打点", "好处费", "塞点",
	     "塞个", "送条烟", "送烟", "送酒", "瓶酒", "送礼", "送水果", "请吃饭", "请他们吃饭",
	     "意思意思", "插队费", "内部人")},
    {CUE_HASTE, ANYWHERE, 0, 0,
     LIST_OF("快", "插队", "加急", "优先", "提前", "搞定", "办下来", "办出来", "帮我", "通融",
	     "办成", "先办", "搞掂", "给我办")},
    {CUE_PAID, ANYWHERE, CUE_FORGERY | CUE_ABOUT, CUE_HASTE,
     LIST_OF("花钱", "给钱", "出钱", "掏钱", "转账", "给你转", "转你", "给你打钱", "我出", "加钱给",
	     "加点钱", "多给点", "多出点", "好处", "红包", "认识派出所", "认识人", "认得人",
	     "认识里面的人", "认识窗口", "有关系", "托关系", "熟人", "塞钱", "给他钱", "俾钱",
	     "畀钱", "bribe")},
    {CUE_PAID, ANYWHERE, CUE_FORGERY, 0,
     LIST_OF("走后门", "托关系", "找关系", "找黄牛", "黄牛能", "黄牛办", "花钱找人", "花钱买",
	     "花钱办快", "花钱加急", "塞钱", "塞红包", "塞个红包", "送红包", "送礼", "包过",
	     "内部渠道", "内部关系", "给钱就能", "给钱能不能快", "有偿代办", "收费代办",
	     "代办中介推荐")},
    {CUE_PAID, ANYWHERE, CUE_FORGERY, CUE_GETTING,
     LIST_OF("给你钱", "给你点钱", "我出钱", "我付钱", "我花钱", "花点钱", "给点钱", "塞点钱",
	     "给你红包", "转你钱", "转钱给你", "钱好说", "钱不是问题")},
    {CUE_LOOKUP, ANYWHERE, 0, 0,
     LIST_OF("查", "地址", "住哪", "住在哪", "住址", "信息", "编号", "证号", "号码", "定位",
	     "联系方式", "资料", "电话", "手机号")},
    {CUE_SEEKS, ANYWHERE, 0, 0,
     LIST_OF("告诉", "发我", "发给", "发下", "发1下", "发一下", "给我查", "给我看", "给我找",
	     "给我调", "给我说", "给我讲", "给我1下", "给我一下", "给我1个", "给我一个", "给我1份",
	     "给我一份", "给我呗", "给我吧", "给我嘛", "话给我", "号给我", "址给我", "码给我",
	     "息给我", "料给我", "单给我", "给我发", "给我报", "给我导", "帮我查", "帮查", "查1下",
	     "查一下", "查下", "查查", "查到", "查出", "能查", "是多少", "多少号", "是几", "看看",
	     "看下", "看1下", "看一下", "瞅瞅", "调出", "调1下", "导出", "报给", "念给", "透露",
	     "找到", "找他", "找她", "找人", "定位", "是谁", "住哪", "住在哪", "住几", "住边",
	     "跑了", "跑路", "失联", "躲", "欠", "瞒", "偷偷", "悄悄", "想知道", "想晓得",
	     "我要知道", "打听", "冒充", "不住")},
    {CUE_PRIVATE, ANYWHERE, 0, 0,
     LIST_OF("住址", "地址", "住哪", "住在", "住的", "电话", "手机", "身份证", "密码", "联系方式",
	     "行踪", "户口", "银行", "账号", "流水", "内部", "老板", "法人", "股东", "负责人",
	     "经理", "家里")},
    {CUE_HANDLES, ANYWHERE, 0, 0,
     LIST_OF("查到我住", "查到我现", "查到我的住", "查到我的地", "我住哪", "我住在哪", "我现在住",
	     "打听我", "在找我", "找我们", "隐私", "会保密", "能保密", "泄露")},
    {CUE_HANDLES, ANYWHERE, CUE_SEEKS, 0,
     LIST_OF("怎么办", "咋办", "怎么改", "咋改", "怎么变更", "怎么登记", "咋登记", "怎么填",
	     "怎么补", "怎么签", "怎么续", "怎么注销", "要什么", "要哪些", "什么材料", "哪些材料",
	     "什么资料", "哪些资料", "带什么", "要带", "带不带", "复印件", "要填", "要写", "要不要",
	     "需要", "要提供", "要交", "要房东", "要老板", "要租客", "要法人", "要我", "签字",
	     "代办", "统一", "集体办", "给租客登", "给房客登", "给员工", "帮员工", "用别人",
	     "用他人", "用人家", "用朋友", "用亲戚", "可以用", "能用", "能不能用", "可不可以用",
	     "借用", "填别人", "写别人", "换成", "想换", "改掉", "打算改", "变更", "比我的",
	     "比我长", "比我多", "多少位", "几位", "地址可以", "地址能", "地址行", "房子办",
	     "房子登", "一样")},
    {CUE_HOWTO, ANYWHERE, CUE_SEEKS | CUE_PRIVATE, 0,
     LIST_OF("怎么查", "咋查", "如何查", "怎样查", "在哪查", "去哪查", "哪里查", "哪儿查",
	     "哪里可以查", "哪里能查", "查进度", "查询进度", "进度怎么")},
    {CUE_HOWTO, ANYWHERE, 0, 0,
     LIST_OF("不肯给", "不给我", "不愿给", "不愿意给", "不想给", "不配合", "不肯配合")},
    {CUE_FIRM, ANYWHERE, CUE_PRIVATE, 0,
     LIST_OF("公司的资质", "公司资质", "公司的安", "公司有没有", "公司的注册", "公司的营业",
	     "公司的信息", "公司信息", "公司的执照", "公司的等级", "公司是不是", "企业的资质",
	     "企业资质", "企业信息", "企业的信息", "企业有没有", "资质等级", "资质信息")},
    {CUE_OTHERS, ANYWHERE, CUE_FIRM, 0,
     LIST_OF("查别人", "查他人", "查人家", "查下别人", "查一下别人", "别人的~编号", "别人的~号",
	     "他人的~编号", "查她住", "查他住", "人肉", "查岗")},
    {CUE_WHOSE, ANYWHERE, 0, 0,
     LIST_OF("是谁的", "是谁", "谁的", "谁名下", "哪个人的", "什么人的", "边个嘅", "机主")},
    {CUE_LOOKUP, ANYWHERE, 0, 0,
     LIST_OF("有没有办", "办没办", "密码是", "密码多少", "住几", "住边", "名下", "户口在哪")},
    {CUE_OTHERS, ANYWHERE, CUE_HANDLES | CUE_HOWTO, CUE_LOOKUP,
     LIST_OF("员工的~", "员工的居", "职工的~", "手下的~", "租客", "租户的", "房客", "承租人",
	     "房东的身份", "房东的电", "老板的身份", "老板的电", "老板的~", "领导的~")},
    {CUE_OTHERS, ANYWHERE, 0, CUE_LOOKUP,
     LIST_OF("骗子的", "那个骗子", "网友的", "对象的前", "别人名下", "他人名下", "小三", "情敌",
	     "仇人", "相亲对象", "债主", "欠钱", "欠款人", "肇事")},
    {CUE_OTHERS, ANYWHERE, CUE_HANDLES | CUE_FIRM, CUE_LOOKUP,
     LIST_OF("前女友", "前男友", "前妻", "前夫", "邻居的", "邻居家", "同事的~", "室友的~",
	     "某个人的", "某人的", "这个人的", "那个人的", "陌生人的", "别人的地址", "别人的信息",
	     "他人信息", "他人的信息", "某某", "隔壁老", "隔壁邻居")},
    {CUE_OTHERS, ANYWHERE, 0, CUE_LOOKUP, LIST_OF("欠我钱", "欠债", "老赖", "跟踪", "明星")},
    {CUE_ABUSE, ANYWHERE, 0, 0,
     LIST_OF("傻逼", "傻b", "煞笔", "沙比", "妈的", "他妈", "你妈", "去死", "滚蛋", "滚开", "废物",
	     "垃圾机器人", "智障", "脑残", "白痴", "王八蛋", "狗屁", "操你", "草你", "fuck",
	     "踢皮球", "推来推去", "糊弄我", "忽悠我", "什么垃圾", "垃圾系统", "垃圾玩意", "什么破",
	     "你们这破", "说了等于没说", "答非所问", "有病吧", "没用的东西", "人工智障", "气死",
	     "憨批", "哈批", "瓜皮", "龟儿", "狗东西", "狗日", "尼玛", "泥马", "你妹", "麻批",
	     "妈批", "扑街", "仆街", "收皮", "痴线", "册那", "傻叉", "傻吊", "神经病吧", "你神经病",
	     "脑子有病", "蠢货", "蠢猪", "猪脑", "什么玩意", "我真服", "真服了", "无语了", "真无语",
	     "有屁用", "屁用没有", "真垃圾", "太垃圾", "坑爹", "shit", "idiot", "stupid", "wtf",
	     "nmsl")},
    {CUE_DISTRESS, ANYWHERE, 0, 0, LIST_OF("不想活", "想死", "自杀", "活不下去", "轻生")},
    {CUE_RESET, WHOLE, 0, 0,
     LIST_OF("重新开始", "重新来", "重来", "从头开始", "从头来", "重新开始吧", "清空", "清空记录",
	     "清除记录", "新对话", "新的对话", "开始新对话", "换个话题", "重置", "reset", "restart",
	     "/reset", "/start", "忘掉刚才的", "忘了刚才的", "忘掉之前的", "忘掉前面的",
	     "把刚才的忘了", "清空聊天", "清空对话", "清空聊天记录", "清除聊天记录", "清除对话",
	     "删除记录", "删除聊天记录", "把记录删了", "删掉记录", "重新问", "重头来", "重头开始",
	     "重开", "重新来过", "从新开始", "从新来", "start over", "clear", "new chat")},
    {CUE_NONE, WHOLE, 0, 0,
     LIST_OF("都不是", "都不对", "以上都不是", "都不是我要的", "都不是我想问的", "没有我要的",
	     "没有我想问的", "不是这些", "这些都不是", "一个都不是", "都不是啊", "全都不是",
	     "不是这个", "不是这两个", "不是这意思", "不是这个意思", "我也不知道怎么说",
	     "不知道怎么说", "我也说不清楚", "说不清楚", "不知道咋说", "我说不来", "都不系",
	     "都唔系", "none of these", "none of them", "neither")},
    {CUE_ANY, WHOLE, 0, 0,
     LIST_OF("随便", "随便吧", "随便哪个", "随便一个", "随意", "都行", "都可以", "哪个都行",
	     "哪个都可以", "无所谓", "你定", "你看着办", "你帮我选", "不知道", "不清楚", "不晓得",
	     "我不知道", "我也不知道", "我不清楚", "说不清", "不确定", "我也不懂", "不懂", "我不懂",
	     "唔知", "我唔知", "晓不得", "勿晓得")},
    {CUE_WHO, WHOLE, 0, 0,
     LIST_OF("你是谁", "你谁", "您是谁", "你是什么", "你是干什么的", "你是做什么的", "你是干嘛的",
	     "你是机器人吗", "你是真人吗", "你是人吗", "你是ai吗", "你们是政府的吗", "你是政府的吗",
	     "你们是官方的吗", "你是官方的吗", "你是哪个单位的", "你们是哪个单位的",
	     "你们是什么单位", "你代表政府吗", "你叫什么", "你叫什么名字", "你能干什么",
	     "你能做什么", "你能干嘛", "你会什么", "你会干什么", "你有什么用", "你有什么功能",
	     "你能帮我什么", "你能帮我做什么", "你多大", "你几岁", "你是男的女的",
	     "你是男的还是女的", "你是男是女", "男的女的", "你是哪里人", "你是哪的人",
	     "你会说方言吗", "你会讲方言吗", "你会说话吗", "你在干嘛", "你在干什么", "你在做什么",
	     "能问你什么", "可以问什么", "能问什么", "有什么功能", "帮助", "help")},
    {CUE_FOREIGN, ANYWHERE, 0, 0,
     LIST_OF("外国人", "美国人", "英国人", "日本人", "韩国人", "朝鲜人", "法国人", "德国人",
	     "俄罗斯人", "印度人", "越南人", "泰国人", "缅甸人", "意大利人", "西班牙人", "加拿大人",
	     "澳大利亚人", "新加坡人", "马来西亚人", "巴基斯坦人", "乌克兰人", "菲律宾人", "巴西人",
	     "非洲人", "欧洲人", "外国护照", "i am american", "i'm american", "i am british",
	     "外籍", "老外", "外国籍", "foreigner", "foreign national", "expat")},
    {CUE_MORE, WHOLE, 0, 0,
     LIST_OF("还有呢", "还有吗", "还有别的吗", "然后呢", "接下来呢", "然后", "继续", "继续说",
	     "详细点", "说详细点", "说详细一点", "说得详细点", "具体点", "说具体点", "再详细点",
	     "具体说说", "能详细说说吗", "展开说说", "还有什么", "还有什么要注意的", "更多")},
    {CUE_SIMPLER, ANYWHERE, 0, 0,
     LIST_OF("说人话", "讲人话", "听不懂", "看不懂", "没看懂", "没听懂", "没太懂", "不太懂你",
	     "听不明白", "看不明白", "说简单点", "简单点说", "说的简单点", "讲简单点", "简短点",
	     "说短点", "太长了", "太啰嗦", "太罗嗦", "说重点", "讲重点", "恁说嘞啥", "说嘞啥",
	     "说的啥", "说的是啥", "慢点说", "说慢点", "慢点讲", "讲慢点", "说慢1点", "说慢一点",
	     "慢1点说", "慢一点说", "慢慢说", "慢慢讲", "说慢些", "讲慢些", "慢些说", "说得太快",
	     "说太快", "讲慢啲", "慢慢讲", "听唔明", "睇唔明", "唔明你", "too long",
	     "don't understand", "simpler")},
    {CUE_SIMPLER, WHOLE, 0, 0,
     LIST_OF("慢点", "慢1点", "慢一点", "慢些", "你说什么", "你说啥", "你讲什么", "你讲咩", "什么",
	     "啥", "啊", "咩", "咩话", "什么意思", "啥意思", "啥子意思", "咩意思", "说简短点",
	     "简单点", "简单说", "简单说说", "1句话说", "一句话说", "1句话", "说清楚点", "总结1下",
	     "总结一下", "总结下", "帮我总结1下", "帮我总结一下", "概括1下", "概括一下")},
    {CUE_LANGUAGE, WHOLE, 0, 0,
     LIST_OF("english", "english version", "in english", "english please", "in english please",
	     "speak english", "can you speak english", "do you speak english", "英文版", "说英文",
	     "说英语", "用英文说", "用英语说", "能说英语吗", "会说英语吗", "会英语吗")},
    {CUE_KEEPS, WHOLE, 0, 0,
     LIST_OF("你会不会记我的号码", "会不会记我的号码", "你存了没", "存了没", "你存了我的号码吗",
	     "会存我的号码吗", "你记我号码了吗", "你存了吗", "存了吗", "你保存了吗", "你会保存吗",
	     "会保存吗", "有没有存", "会不会泄露", "会泄露吗", "不会泄露吧", "你记下来了吗",
	     "你会记住吗", "你记住了吗", "别存", "你有没有保存", "会不会存下来", "你们会存吗",
	     "删掉我的号码")},
    {CUE_OFFERS, ANYWHERE, 0, 0,
     LIST_OF("身份证号发你", "身份证号发给你", "身份证号给你", "身份证号告诉你", "身份证发你",
	     "身份证发给你", "身份证号码发你", "身份证号码给你", "身份证号码发给你", "手机号发你",
	     "手机号给你", "手机号发给你", "号码发你", "号码发给你", "号码给你", "报给你号码",
	     "把号发你", "要我身份证号", "要我的身份证号", "要不要我发身份证")},
    {CUE_COMPLAINS, ANYWHERE, 0, 0,
     LIST_OF("找谁投诉", "去哪投诉", "去哪里投诉", "去哪儿投诉", "哪里投诉", "哪里可以投诉",
	     "怎么投诉", "咋投诉", "如何投诉", "投诉谁", "向谁投诉", "跟谁投诉", "找哪投诉",
	     "找哪个投诉", "哪个投诉", "投诉电话", "打什么电话投诉", "打哪个电话投诉", "往哪投诉",
	     "到哪投诉", "到哪里投诉", "找谁反映", "向谁反映", "去哪反映", "找谁说理", "找谁告",
	     "去哪告", "投诉他们", "投诉他", "投诉窗口", "投诉你们窗口", "去边度投诉", "点投诉",
	     "where to complain", "where do i complain", "how to complain", "how do i complain",
	     "file a complaint", "make a complaint")},
    {CUE_DOUBTS, WHOLE, 0, 0,
     LIST_OF("谁说的", "依据是什么", "依据呢", "有什么依据", "有依据吗", "根据什么", "依据在哪",
	     "出处在哪", "出处是哪", "出处呢", "来源呢", "来源是什么", "哪来的", "哪里来的",
	     "哪里规定的", "你确定吗", "确定吗", "真的吗", "真的假的", "靠谱吗", "准吗", "准不准",
	     "可信吗", "可靠吗", "你怎么保证是对", "怎么保证是对", "你说的对吗", "你怎么知道",
	     "能信吗", "靠得住吗", "有没有错", "who told you that", "who says so", "says who",
	     "are you sure", "source", "我不信", "不会吧", "为什么这么说", "为什么这样说",
	     "官方的吗")},
    {CUE_SELF, WHOLE, 0, 0,
     LIST_OF("那我自己的呢", "我自己的呢", "那我自己呢", "我自己呢", "那我自己的", "我自己的",
	     "那我呢", "我呢", "那我的呢", "我的呢", "那我本人呢", "我本人呢", "那我自己办呢",
	     "我自己办呢", "那自己办呢", "自己办呢", "那自己的呢", "自己的呢", "自己呢",
	     "那我自个的呢", "那我自个儿的呢", "我自个的呢", "那俺自己的呢", "俺自己的呢", "俺的呢",
	     "咁我自己呢", "咁我呢", "what about mine", "what about me", "and mine", "and me")},
    {CUE_ERRAND, WHOLE, 0, 0,
     LIST_OF("办证", "办个证", "办1个证", "办一个证", "办个证件", "办证件", "我办证", "我办个证",
	     "想办证", "想办个证", "想办1个证", "想办一个证", "想办个证件", "要办证", "要办个证",
	     "要办1个证", "要办一个证", "我想办证", "我想办个证", "我想办1个证", "我想办一个证",
	     "我想办个证件", "我要办证", "我要办个证", "我要办1个证", "我要办一个证", "我来办证",
	     "我来办个证", "帮我办证", "帮我办个证", "我需要办证", "办事", "办点事", "办个事",
	     "办件事", "想办事", "想办点事", "想办个事", "我想办事", "我想办点事", "我想办个事",
	     "我想办件事", "我要办事", "我要办点事", "我来办事", "我来办点事", "俺想办个证",
	     "俺想办证", "俺要办证", "俺来办证", "我想办嘢", "我想办张证", "想办张证")},
    {CUE_AGREES, CHAIN, 0, 0,
     LIST_OF("好", "好的", "好嘞", "好滴", "嗯", "嗯嗯", "哦", "哦哦", "行", "行吧", "可以", "知道",
	     "知道了", "明白", "明白了", "了解", "了解了", "懂了", "收到", "ok", "okay", "清楚了",
	     "算了", "算了算了", "算了算了太麻烦", "太麻烦", "不办了", "不问了", "先这样", "就这样",
	     "那先这样", "那就这样", "先问到这", "唔该", "唔该晒", "唔该你", "不弄", "不搞", "不整",
	     "不去", "不用", "不想办", "不想弄", "太复杂", "太难", "放弃", "罢", "先不办", "先不弄",
	     "暂时不办", "以后再说", "下次再说", "改天再说", "再说", "唔办", "唔搞", "等下",
	     "等1下", "等一下", "等会", "等会儿", "等1会", "等一会", "等等", "稍等", "稍等1下",
	     "我想想", "我先想想", "让我想想", "我再想想", "考虑1下", "考虑一下", "我考虑1下",
	     "我考虑一下", "我考虑考虑", "没关系", "没事", "不急")},
    {CUE_PRAISES, WHOLE, 0, 0,
     LIST_OF("哈", "哈哈", "哈哈哈", "哈哈哈哈", "哈哈哈哈哈", "哈哈哈哈哈哈", "呵呵", "嘻嘻",
	     "嘿嘿", "嘿嘿嘿", "你真厉害", "真厉害", "厉害", "厉害了", "太厉害", "你真棒", "真棒",
	     "太棒", "棒", "牛", "牛逼", "真牛", "可以啊", "不错", "真不错", "挺好", "挺好的",
	     "蛮好", "好用", "真好用", "你真聪明", "真聪明", "聪明", "点赞", "赞", "给力", "太好",
	     "真好", "好棒", "好犀利", "劲", "巴适", "中", "得劲", "嗲", "灵额", "666", "nice",
	     "great", "cool", "good", "lol", "haha", "hahaha")},
    {CUE_REVERSES, WHOLE, 0, 0,
     LIST_OF("反过来呢", "反过来", "那反过来呢", "那反过来", "反过来也1样吗", "反过来也一样吗",
	     "反过来1样吗", "反过来一样吗", "倒过来呢", "倒过来", "反之呢", "反之", "反方向呢",
	     "掉过来呢", "换过来呢", "调转呢", "倒转呢", "反转来呢", "the other way round",
	     "vice versa")},
    {CUE_ADDS, AT_START, 0, 0,
     LIST_OF("再加", "加上", "加个", "加1个", "加一个", "外加", "还有", "再比", "连", "再看",
	     "也比", "再带上")},
    {CUE_SWAPS, AT_START, 0, 0,
     LIST_OF("换成", "改成", "换", "改", "只看", "只问", "就问", "单说", "单问", "就说")},
    {CUE_CORRECTS, AT_START, 0, 0,
     LIST_OF("啊不对", "哦不对", "噢不对", "哎不对", "诶不对", "唉不对", "不不", "不对", "不是",
	     "错了", "说错了", "我说的是", "我问的是", "我是说", "我是问", "搞错了", "弄错了",
	     "你搞错", "更正", "应该是", "我指的是", "打错了", "写错了")},
    {CUE_NAMING, ANYWHERE, 0, 0,
     LIST_OF("叫什么", "叫啥", "叫个啥", "名字", "是啥来着", "是哪个", "怎么说的", "是什么来着")},
    {CUE_REPEAT, ANYWHERE, 0, 0,
     LIST_OF("再说1遍", "再说一遍", "再讲1遍", "再讲一遍", "重复1遍", "重复一遍", "再来1遍",
	     "再来一遍", "再说1次", "再说一次", "再讲1次", "再讲一次", "重复1次", "重复一次",
	     "再说1下", "再说一下", "再讲1下", "再讲一下", "再说下", "再讲下", "再发1遍",
	     "再发一遍", "再发1次", "再发一次", "重新说1遍", "重新说一遍", "再话多次", "再听1遍",
	     "再听一遍", "再看1遍", "再看一遍", "讲多次", "叫什么来着", "没记住", "没看清",
	     "没听清", "忘了叫什么", "say that again", "repeat that")},
    {CUE_REPEAT, ANYWHERE, 0, CUE_NAMING,
     LIST_OF("刚才", "刚刚", "之前说", "前面说", "上面说", "说的那个", "提到的")},
    {CUE_WHERE, ANYWHERE, 0, 0, LIST_OF("哪", "什么地方", "啥地方", "全国")},
    {CUE_POINTS, AT_START, 0, 0,
     LIST_OF("那里", "那边", "那儿", "这里", "这边", "这儿", "它", "这个证", "那个证", "该证")},
    {CUE_ANYWHERE, ANYWHERE, 0, 0,
     LIST_OF("哪里", "哪儿", "哪个城市", "哪个地方", "哪个省", "哪个市", "哪座", "什么地方",
	     "啥地方", "全国", "各地")},
    {CUE_FASTEST, ANYWHERE, 0, CUE_WHERE, LIST_OF("最快", "时间最短", "最短时间")},
    {CUE_NATIONWIDE, ANYWHERE, 0, 0,
     LIST_OF("全国统一", "全国通用规定", "全国规定", "全国的规定", "国家规定", "国家统一", "全国都",
	     "全国各地", "各地", "全国范围")},
    {CUE_COMPARES, ANYWHERE, 0, 0,
     LIST_OF("区别", "不同", "不一样", "差别", "差异", "差在哪", "比较", "对比", "相比", "比起",
	     "比呢", "比哪", "有咩分别", "咩分别", "什么分别", "啥分别", "有分别", "边个快",
	     "边个好", "边个更", "边个平", "边个易", "边个最", "边度快", "哪个要求", "哪边要求",
	     "两边哪", "2边哪", "两地哪", "2地哪", "最麻烦", "最难", "最慢", "最贵", "最严", "最松",
	     "最容易", "最好办", "最方便", "最便宜", "是不是最", "pk", "vs", "谁更", "谁快", "更快",
	     "更容易", "更简单", "更方便", "更便宜", "更严", "更好办", "哪个快", "哪个好", "哪个更",
	     "哪个最", "谁最", "哪边最", "哪个容易", "哪个省", "哪个方便", "哪个便宜", "哪个严",
	     "哪个久", "哪个长", "哪个慢", "哪个简单", "哪边快", "哪边好", "哪边更", "哪边容易",
	     "哪边方便", "哪里快", "哪里更", "哪里容易", "哪儿更", "哪儿快", "哪家快")},
    {CUE_SAME, ANYWHERE, 0, 0, LIST_OF("一样", "相同")},
    {CUE_ALSO, AT_START, 0, 0,
     LIST_OF("那", "换成", "换", "改成", "还有", "至于", "如果是", "要是")},
};

/* Which characters occur at all, by their low byte: most phrases need no search. */
struct present {
	uint64_t bits[4];
};

static void present_set(struct present *p, const struct text *text)
{
	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < text->n_chars; i++)
		p->bits[text->chars[i] >> 6 & 3] |= 1ull << (text->chars[i] & 63);
}

/* What is known of the phrases once and for all: their first characters' low bytes, their lengths.
 */
#define PHRASES_MAX 2048

struct known {
	uint8_t low, len;
	bool is_pattern;
};

static struct known known[PHRASES_MAX];
static struct present known_lists[sizeof(table) / sizeof(table[0])];
static size_t known_first[sizeof(table) / sizeof(table[0])]; /* of each list, in `known` */
static once_flag known_once = ONCE_FLAG_INIT;

/* Phrases begin with ASCII or with a character of three bytes, so the low byte is quickly had. */
static uint8_t low_of(const char *phrase)
{
	unsigned char c = (unsigned char)phrase[0];

	return c < 0x80 ? c
			: (uint8_t)(((unsigned)phrase[1] & 3) << 6 | ((unsigned)phrase[2] & 63));
}

static void get_to_know(void)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		known_first[i] = n;
		for (const char *const *s = table[i].list; *s; s++) {
			struct known *k = &known[n++];

			assert(n <= PHRASES_MAX && strlen(*s) < 256);
			k->low = low_of(*s);
			k->len = (uint8_t)strlen(*s);
			k->is_pattern = strchr(*s, '~') != NULL;
			known_lists[i].bits[k->low >> 6] |= 1ull << (k->low & 63);
		}
	}
}

static bool may_occur(const struct present *p, const struct known *k)
{
	return p->bits[k->low >> 6] >> (k->low & 63) & 1;
}

static bool have_common(const struct present *p, const struct present *q)
{
	return (p->bits[0] & q->bits[0]) | (p->bits[1] & q->bits[1]) | (p->bits[2] & q->bits[2]) |
	       (p->bits[3] & q->bits[3]);
}

/* Without blanks and closing punctuation at either end. */
static struct view bare(struct view v)
{
	static const char *const marks[] = {" ", ".", ",",  "!", "?", "。", "，", "！", "？",
					    "~", "…", "、", ":", ";", "的", "吧", "啊", "了"};
	bool cut = true;

	while (cut) {
		cut = false;
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			struct view m = view_of(marks[i]);

			if (v.len > m.len && view_ends(v, m)) {
				v.len -= m.len;
				cut = true;
			}
		}
	}
	return view_trim(v);
}

/* The folded text with a ~ for each word of a matter; empty if there is none. */
static struct view masked(struct arena *a, const struct text *t, const struct term_hits *terms)
{
	char *out;
	size_t len = 0, from = 0;

	if (!terms || !term_hits_have(terms, true))
		return VIEW("");
	out = arena_alloc(a, t->folded.len + terms->n + 1);
	for (size_t i = 0; i <= terms->n; i++) {
		const struct term_hit *hit = i < terms->n ? &terms->items[i] : NULL;
		size_t to = hit ? t->bytes[hit->start] : t->folded.len;

		if (hit && !hit->term->matter)
			continue;
		for (; from < to; from++)
			out[len++] = t->folded.ptr[from] == '~' ? ' ' : t->folded.ptr[from];
		if (hit) {
			out[len++] = '~';
			from = t->bytes[hit->end];
		}
	}
	return view_make(out, len);
}

static bool holds(struct view text, struct view whole, const struct phrases *p, struct view needle)
{
	switch (p->where) {
	case AT_START:
		return view_starts(text, needle);
	case WHOLE:
		return view_eq(whole, needle) || view_eq(text, needle);
	case ANYWHERE:
	case CHAIN:
		break;
	}
	return view_find(text, needle) >= 0;
}

static size_t longest_start(struct view v, const char *const *list)
{
	size_t best = 0;

	for (; *list; list++)
		if (strlen(*list) > best && view_starts(v, view_of(*list)))
			best = strlen(*list);
	return best;
}

/* 那算了不办了 · 好的，知道了: several of them one behind the other. */
static bool is_chain(struct view v, const char *const *list)
{
	static const char *const joints[] = {"那", "就", "我", "俺", "咁", "还是", "先", "吧",
					     "了", "啊", "呀", "哦", "哎", "唉",   "嗨", "嘛",
					     "啦", "的", "，", "。", "！", "、",   "…",  ",",
					     ".",  "!",  "~",  " ",  NULL};
	bool any = false;

	while (v.len > 0) {
		size_t len = longest_start(v, list);

		any |= len > 0;
		len = len ? len : longest_start(v, joints);
		if (!len)
			return false;
		v = view_sub(v, len, v.len);
	}
	return any;
}

uint64_t phrase_find(struct arena *a, const struct text *text, const struct term_hits *terms)
{
	struct view all = view_trim(text->folded), whole = bare(all);
	struct view mask = masked(a, text, terms);
	struct present present;
	uint64_t found = 0;

	call_once(&known_once, get_to_know);
	present_set(&present, text);
	if (mask.len > 0) /* patterns may begin with a word of a matter */
		present.bits['~' >> 6] |= 1ull << ('~' & 63);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct phrases *p = &table[i];
		const struct known *k = &known[known_first[i]];

		if ((found & p->bar) || (p->need && !(found & p->need)) ||
		    !have_common(&present, &known_lists[i]))
			continue;
		if (p->where == CHAIN && is_chain(all, p->list))
			found |= p->cue;
		for (const char *const *s = p->list; *s && p->where != CHAIN; s++, k++) {
			if (may_occur(&present, k) &&
			    holds(k->is_pattern ? mask : all, whole, p, view_make(*s, k->len))) {
				found |= p->cue;
				break;
			}
		}
	}
	return found;
}

bool phrase_is_question(struct view folded)
{
	static const char *const words[] = {
	    "吗",     "呢",   "嘛",   "咋",    "怎",     "啥",     "谁",     "几",
	    "哪",     "多久", "多少", "多长",  "什么",   "如何",   "能不",   "可不",
	    "是否",   "是不", "要不", "用不",  "有没有", "行不",   "中不",   "点样",
	    "边度",   "几时", "得唔", "为何",  "会不会", "算不算", "对不对", "难不难",
	    "得不得", "how",  "what", "where", "when"};
	struct view v = folded;

	if (view_has_any(folded, words, sizeof(words) / sizeof(words[0])))
		return true;
	/* 办好了没 · 能办没有 */
	if (v.len > 2 * strlen("没") && (view_ends(v, VIEW("没")) || view_ends(v, VIEW("没有"))))
		return true;
	/* A mark alone, or behind a single letter, asks nothing; 么 asks at the end only. */
	if (view_ends(v, VIEW("？")) || view_ends(v, VIEW("?")))
		return v.len > 6;
	return view_ends(v, VIEW("么")) && v.len > 6;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool phrase_is_how(struct view folded)
{
	static const char *const leads[] = {"那么",   "那",    "该", "应该", "要",   "我",
					    "我该",   "我要",  "这", "这个", "这种", "这种情况",
					    "这情况", "请问",  "咁", "na ",  "gai ", "wo gai ",
					    "so ",    "then ", NULL};
	static const char *const hows[] = {"怎么办",
					   "怎么弄",
					   "怎么搞",
					   "怎么整",
					   "怎么处理",
					   "怎么解决",
					   "怎么解",
					   "怎么解开",
					   "怎么做",
					   "怎样办",
					   "怎办",
					   "如何办",
					   "如何处理",
					   "如何解决",
					   "咋办",
					   "咋弄",
					   "咋整",
					   "咋搞",
					   "咋处理",
					   "咋解",
					   "咋解决",
					   "点办",
					   "点算",
					   "点搞",
					   "点整",
					   "啷个办",
					   "咋个办",
					   "哪能办",
					   "怎么操作",
					   "咋操作",
					   "zenme ban",
					   "zenmeban",
					   "zen me ban",
					   "zenme nong",
					   "zenmenong",
					   "zenme gao",
					   "zenme jie",
					   "zenme zheng",
					   "zenme jiejue",
					   "za ban",
					   "zaban",
					   "zazheng",
					   "how",
					   "how to",
					   "what to do",
					   "what do i do",
					   "what should i do",
					   NULL};
	static const char *const tails[] = {"呢",   "呀",   "啊", "哦",  "嘛", "好",
					    "才行", "才好", "了", "？",  "?",  "。",
					    "！",   "!",    " ",  " ne", " a", NULL};
	struct view v = view_trim(folded);
	size_t len;

	while ((len = longest_start(v, leads)) > 0)
		v = view_sub(v, len, v.len);
	len = longest_start(v, hows);
	if (!len)
		return false;
	for (v = view_sub(v, len, v.len); v.len > 0; v = view_sub(v, len, v.len)) {
		len = longest_start(v, tails);
		if (!len)
			return false;
	}
	return true;
}

bool phrase_has_claim(struct view folded)
{
	static const char *const behind[] = {"%", "％", "倍", "成以", "万小时", "亿"};

	for (size_t i = 0; i < folded.len; i++) {
		if (!is_digit(folded.ptr[i]) || (i + 1 < folded.len && is_digit(folded.ptr[i + 1])))
			continue;
		for (size_t j = 0; j < sizeof(behind) / sizeof(behind[0]); j++) {
			if (view_starts(view_sub(folded, i + 1, folded.len), view_of(behind[j])))
				return true;
		}
	}
	return view_find(folded, VIEW("百分之")) >= 0;
}
