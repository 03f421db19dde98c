/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cue-words.c - the lists of words of cue.h, and the automata made of them.
 *
 * A list is one string, words separated by blanks: easy to read and to extend. A low line is a
 * blank inside a word; words of letters are whole ones.
 */
#include "nlu/cue-words.h"

#include "base/utf8.h"
#include "nlu/cue.h"
#include "text/pinyin.h"

struct cue_list {
	uint32_t bit;
	const char *words;
};

/* Also with one character that only sounds right: 烤压店. */
static const char houses_and_dishes[] =
    "花园 公寓 大厦 广场 饭店 酒楼 餐厅 餐馆 菜馆 烤鸭 拉面 牛肉面 板面 烩面 胡辣汤 米粉 火锅 "
    "老火锅 "
    "炒饭 小笼 生煎 小面 热干面 凉皮 酸辣粉 米线 鸭脖 大盘鸡 烤肉 煎饼 小吃 土菜 啤酒 火腿 肠粉";

/* Words that a name is only a piece of. */
static const char *const inside_words[] = {
    "高安全 新密码 六合彩 资源公司 资源部 资源许可 资源管理 资源局 天津贴 大同小异 "
    "广大同学 老大同学 老大同事 "
    "海口罩 全新乡下 社会长治安 长治久 朝阳门 朝阳产业 重庆幸 "
    "南宁愿 开封面 把包头发 三明星 医保定期 社保定期 担保定期 永安全 东方向 来宾馆 来宾客 "
    "三明治 东西安排 穿中山装 件中山装 套中山装 "
    "长春藤 开封条 合肥皂 海口味 最大连接 南安普顿 石狮子 "
    "办成都 完成都 达成都 变成都 形成都 组成都 生成都 做成都 合成都 弄成都 搞成都 收成都",
    /* A name's last character begins a word. */
    "口音重 口音太 口音很 口音浓 口音大 口音听 口音不 口音改 口音有 口味重 口味太 口味偏 "
    "口味的 口腔科 "
    "口令 口碑 平米 平方米 平方的 平方数",
    /* Sayings. */
    "河东狮吼 三十年河东 30年河东 江山易改 江山社稷 打江山 坐江山 江山如画 铁打的江山 天下太平 "
    "太平盛世 "
    "太平无事 粉饰太平 太平间 太平洋 太平天国 太平日子 价值连城 一视同仁 恍然大悟 大彻大悟 "
    "同心同德 "
    "深明大义 繁荣昌盛 兵临城下 天长日久 天长地久 地久天长 日久天长 千山万水 万水千山 稳如泰山 "
    "有眼不识泰山 重于泰山 泰山压顶 安如泰山 无为而治 碌碌无为 清静无为 天涯海角 浪迹天涯 "
    "咫尺天涯 "
    "海角天涯 逼上梁山 大兴土木 三纲五常 仁义礼智信 四平八稳 寿比南山 南山不老 马到成功 东躲西藏 "
    "夕阳西下 "
    "日落西山 日薄西山 名山大川 威信扫地 真金白银 黄金白银 白银子 邯郸学步 洛阳纸贵 庐山真面目 "
    "黔驴技穷 大江南北 天南海北 塞上江南 江南水乡 花都谢 花都开败 花都开好 花都开完 到花都开了 "
    "得花都开了 喝龙井 泡龙井 龙井茶 花都枯 花都凋 花都蔫 响彻云霄 "
    "擎天柱 定海神针 一往情深 平安无事 和平共处 和平年代 世界和平 爱好和平 和平时期 "
    "长寿面 长寿秘 健康长寿 延年益寿 高寿",
    /* Water, mountains, what lies elsewhere, and what is called after a place. */
    "北海道 中南海 法兰西 奥巴马 乌兰巴托 巴拿马 澳大利亚 南澳大利亚 意大利 西班牙 新西兰 "
    "北京时间 京东商城 "
    "东阿阿胶 西湖龙井 信阳毛尖 北京现代 上海大众 上海通用 上汽大众 一汽大众 长安福特 长安汽车 "
    "长安马自达 "
    "东风本田 北京猿人 周口店 大理石 复合肥 未央宫 兵马俑 弥勒佛 凤凰卫视 凤凰传奇 凤凰网 凤凰男 "
    "凤凰牌 "
    "火凤凰 麒麟臂 海棠花 鸡冠花 长春花 太阳城 玉门关 东坡肉 苏东坡 百色起义 敦煌学 新干线 "
    "海通证券 "
    "平安银行 浦东发展银行 广东发展银行 招商银行 吉林森工 洪湖赤卫队 西安事变 南京条约 南昌起义 "
    "辛丑条约 马关条约 遵义会议 古田会议 庐山会议 黄埔军校 金牛座 西柏坡 北洋 下南洋 武昌鱼 "
    "德州扒鸡 朝阳房间 朝阳的房间 "
    "朝阳的卧 朝阳的主卧 朝阳的次卧 朝阳的那间 朝阳的大卧 朝阳的小卧 朝阳的窗 朝阳的阳台 "
    "朝阳的客厅 "
    "朝阳的大房间 朝阳的小房间 朝阳的小屋 朝阳的户型 朝阳的1面 朝阳的那面 朝阳面的 朝阳卧 "
    "朝阳主卧 朝阳次卧 朝阳户型 朝阳产业 上海滩 云南红 "
    "",
    "新会员 新界面 新龙头 无极限 双阳台 开平方 清新剂 空气清新 清新自然 形象清新 石棉瓦 石棉板 "
    "石棉网 泡温泉 温泉酒店 "
    "温泉度假 高密度 头孢曲松 清水房 清水墙 清水池 古城墙 古城堡 太平梯 太太平平 威信不 有威信 "
    "没威信 复杂多变 极大丰富 "
    "弄清原因 台前幕后 全体同仁 各位同仁 同仁们 本所同仁 兴修水利 练武功 武功高 有武功",
    "北斗七星 否极泰来 壮志凌云 坚如磐石 千秋万载 龙潭虎穴 一马平川 暗度陈仓 直捣黄龙 出水芙蓉 "
    "虎门销烟 文山会海 大同世界 "
    "世界大同 天下大同 世外桃源 桂林山水 虎落平阳 盘龙卧虎 知足长乐 湖光山色 水光山色 玉树临风 "
    "清水衙门 逐鹿中原 稳坐钓鱼台 "
    "终南捷径 得陇望蜀 乐不思蜀 朝秦暮楚 秦晋之好 洛阳铲 洛阳牡丹 安居乐业 绵阳不断",
    "上海申花 北京国安 山东鲁能 官渡之战 岳阳楼记 德州仪器 中山服 中山狼 长安三万里 长安十二时辰 "
    "北京爱情故事 北京欢迎你 "
    "重庆森林 我爱北京 汶川地震 唐山地震 汶川大地震 唐山大地震 玉树地震",
    "平安保险 平安普惠 平安好医生 平安健康险 平安证券 中国平安 平安人寿 平安产险 平安养老 太平保险 "
    "太平人寿 太平财险 中国太平 "
    "兴业银行 解放牌 解放卡车 大庆油田 普洱茶 喝普洱 泡普洱 和田玉 和田枣 岫岩玉 蓝田玉 郫县豆瓣 "
    "平遥牛肉 单县羊汤 单县羊肉汤 "
    "萧县羊肉 沙县小吃 道口烧鸡 座蒙古包 个蒙古包 住蒙古包",
    /* They sound like a place, and are none whatever stands around them. */
    "医保定点 社保定点 大爷 太爷 高龄 万元 道理 监理 大型 清真 普通话 通话 国安局 国安队 大清早 "
    "海岸线 奉献 宣称 "
    "长远 常数 相称 危房 复检 文身 "
    "中北部 西岸 北岸 无水 三毛 一毛 新衣 杏仁 露水 泥水 池水 五味 海报 大兵 大军 白眼 龙眼 黄豆 "
    "本县 安身 民航 称得 五家 大梁 "
    "告密 酒气 通情达理 系统化 清蒸 经济林 新台币 太远 嘿嘿 大合唱 心安 无味 无畏 高频 新意 新政 "
    "开源 信誉 疗程 前门 "
    "头孢 鬼门关",
};

static const struct cue_list forward_lists[] = {
    {PART_AFTER,
     "路 街 大道 巷 弄 胡同 小区 大桥 新村 家园 雅苑 名苑 道边 道上 道附近 道派出所 早茶 打冷 "
     "lamian kaoya huoguo mifen re_gan_mian reganmian "
     "饺子 菜 话 方言 口音 腔 银行 人寿 卫视 牌手表 豫剧 越剧 同志 先生 女士 北路 南路 东路 西路 "
     "中路"},
    {PART_AFTER, houses_and_dishes},
    /* To eat and to drink. */
    {BORNE_AFTER, "牛肉 羊肉 羊汤 滩羊 鸭蛋 周黑鸭 稻香村 排骨 切糕 老干妈 牛肉火锅 椰子鸡 三建 "
		  "四建 五建 六建 七建 八建 "
		  "城建集团 建工集团 路桥集团"},
    {BORNE_AFTER,
     "鸡饭 红肠 香肠 腊肠 腊肉 烧鸡 扒鸡 烤鸡 熏鸡 板鸭 酱鸭 盐水鸭 烤羊 烤全羊 羊肉串 羊肉粉 "
     "羊肉汤 "
     "牛肉汤 手抓饭 抓饭 馕 手把肉 羊肉泡馍 泡馍 肉夹馍 臊子面 油泼面 刀削面 炸酱面 担担面 炒粉 "
     "螺蛳粉 螺丝粉 酸粉 粿条 汤粉 河粉 云吞 馄饨 抄手 锅贴 包子 灌汤包 烧麦 麻花 油条 烧饼 大饼 "
     "锅盔 馒头 "
     "汤圆 粽子 月饼 酥饼 老婆饼 鲜花饼 桃酥 糕点 点心 臭豆腐 豆腐 豆花 豆干 豆瓣 腐乳 榨菜 泡菜 "
     "酸菜 咸菜 辣酱 辣椒 剁椒 花椒 香醋 陈醋 老陈醋 米醋 麻酱 香油 麻辣烫 串串 冒菜 砂锅 佛跳墙 "
     "海蛎煎 "
     "沙茶面 卤面 卤味 卤鸭 卤肉饭 肥肠 酸汤鱼 烤鱼 酸菜鱼 鱼丸 牛肉丸 牛肉干 牛肉粉 牛杂 猪脚 "
     "猪蹄 "
     "煲仔饭 烧腊 烧鹅 乳鸽 双皮奶 奶茶 凉茶 凉粉 冰粉 酥油茶 酸奶 奶酪 皮蛋 咸鸭蛋 松花蛋"},
    {BORNE_AFTER,
     "大米 贡米 面粉 挂面 粉条 木耳 银耳 香菇 松茸 竹荪 核桃 板栗 大枣 红枣 葡萄 哈密瓜 西瓜 "
     "甜瓜 苹果 蜜桔 蜜橘 脐橙 柚子 沙田柚 香梨 鸭梨 雪梨 酥梨 水蜜桃 蜜桃 荔枝 龙眼 芒果 "
     "菠萝 香蕉 樱桃 草莓 枇杷 杨梅 石榴 猕猴桃 椰子 枸杞 百合 莲子 山药 大葱 大蒜 土豆 "
     "洋芋 大闸蟹 螃蟹 扇贝 海参 鲍鱼 小龙虾 龙虾 对虾 带鱼 黄鱼 大黄鱼"},
    {BORNE_AFTER,
     "龙井 毛尖 毛峰 瓜片 银针 白茶 红茶 绿茶 黑茶 砖茶 乌龙茶 铁观音 大红袍 普洱茶 岩茶 花茶 "
     "茉莉花茶 "
     "猴魁 茅台 大曲 老窖 特曲 二锅头 汾酒 白酒 黄酒 老酒 花雕 米酒 葡萄酒 青稞酒 白药 阿胶 片仔癀 "
     "鹿茸 三七 天麻 药酒"},
    /* To wear and to use. */
    {BORNE_AFTER,
     "皮衣 皮鞋 布鞋 丝绸 刺绣 旗袍 领带 袜子 羊毛衫 羊绒衫 羊绒 瓷器 青瓷 白瓷 紫砂 紫砂壶 剪纸 "
     "年画 泥人 风筝 砚台 宣纸 毛笔 折扇 剪刀 菜刀 景泰蓝 唐三彩 花炮"},
    /* Firms. */
    {BORNE_AFTER, "牌面包车 牌汽车 牌轿车 牌货车 牌电动车 牌拖拉机 牌自行车 牌香烟 狗不理 重工 "
		  "重汽 奔驰 吉普 老凤祥 五菱 商飞 华联 百联 同仁堂 德云社 卷烟 啤酒节"},
    /* What happened there, and arts. */
    {BORNE_AFTER,
     "之战 事变 条约 起义 大屠杀 保卫战 战役 冬奥会 奥运会 亚运会 世博会 进博会 马拉松 "
     "相声 快板 评剧 昆曲 黄梅戏 川剧 粤剧 花鼓戏 二人转 秧歌 皮影 皮影戏 梆子 评书 麻将"},
    {PART_AFTER_NOT,
     "路上 路过 路边 路子 路费 弄丢 弄好 弄个 弄完 弄坏 弄一 弄不 弄得 弄了 弄这 弄那 "
     "苹果手 茅台镇 龙井市 龙井村 龙井路 苹果店 苹果电 苹果系 "
     "弄的 弄居 弄证 弄张 弄到 菜鸟 话费 话说 腔调 街道 旧楼 饭点 公域 小池 大下"},
    {HOUSEHOLD_AFTER, "户 籍 户口 户籍 户藉 农村户口 农村户籍 城镇户口 农业户口 农户 的户口 的户籍 "
		      "本地户口 省户口 市户口 农村的户口"},
    {ORIGIN_AFTER,
     "人 老家 这边老家 那边老家 农村人 农村的 农村出来 乡下 过来的 来的 那边来 过来打工 "
     "来打工 来嘞 来滴 来哩 来勒 出来打工 考来 考过来 嫁过来 毕业过来 农民 农民工 长大 长大的 籍贯 "
     "老乡 妹子 "
     "小伙 姑娘 "
     "那旮沓的 那旮旯的 那疙瘩的 那嘎达的 老表 那边来的 那旮沓来的 那旮旯来的 那疙瘩来的 那块来的 "
     "那儿来的 崽 女婿 媳妇 爷们 商人 客商 "
     "籍人 "
     "银儿 银, 嘞人 滴人 的人 娃儿 伢子 佬 ren de_ren people "
     "native natives "
     "同胞 招来的 招的"},
    {ORIGIN_AFTER_NOT,
     "农民工工资 农民工资 农民工实名 农民工保证 农民工专户 农民工维权 农民工讨薪 人民 人社 人才 "
     "人口 人多 人少 人脸 人工 人数 人事 人力 人流 人均 人群 人行 人大 "
     "人家 人生 人寿 人山 人满 人太 人员 人们 人不"},
    {LEFT_AFTER,
     "搬 援 来 过来 到 去 换 转 回 调 迁 跳槽 辞职 辞了 离 往 毕业 出来 跑 跨 挪 带 刚来 刚搬 "
     "刚到 嫁 嫁到 派到 派来 考到 转战 飞 辗转 → > -> ban_dao ban_qu dao lai ban_lai zhuan_dao to "
     "diao_dao banjia ban_jia banqian"},
    {MOVED_AFTER,
     "搬到 搬来 搬去 搬过来 搬过去 转到 转来 转去 来到 换到 调到 调来 调去 迁到 迁来 迁去 "
     "跳槽到 跑到 挪到 飞到 跨到 辞职来 辞职去 辞了来 回到 ban_dao → -> "
     "公司想去 公司想到 公司想来 公司要去 公司要到 公司来 公司到 公司去 公司准备去 公司打算去 "
     "公司准备到 "
     "公司打算到 的公司想去 的公司想到 的公司要去 的公司要到 的公司去 的公司到 的公司准备去 "
     "的公司打算去 "
     "企业想去 企业要去 企业到 企业去 的企业想去 的企业要去 的企业到 的企业去"},
    {PEOPLE_AFTER,
     "居民 居明 居名 居氓 籍 同胞 永久居民 residents resident 仔 同事 嘞同事 的同事 亲眷 亲戚 商人 "
     "客商 "
     "师傅 家人 亲人 爸爸 妈妈 爷爷 奶奶 外公 外婆 儿子 女儿 客人 股东 合伙人 那边过来 过来的 "
     "来的 "
     "女婿 朋友 老婆 太太 媳妇 老公 小孩 孩子 宝宝 配偶 老板 客户 出生 长大 永久 女生 "
     "男生 小伙 姑娘 阿姨 老人 亲友 嘅同事 嘅朋友 同学 通行证 的通行证 签注 的签注 "
     "人士 青年 学生 老师 员工 专才 身份 永居 护照 那边来的 jumin tongbao ren "
     "passport citizen citizens ese 那种 那款 那类 那样 "
     "公司想 公司要 公司来 公司准备 公司打算 企业 资本 投资 投资者 投资人"},
    {EXCEPT_AFTER, "外 以外 之外 开外"},
    {OTHERS_AFTER, "的同事 上班的朋友 工作的朋友 打工的朋友 的朋友 上班的同学 的同学 那边的朋友 "
		   "那边朋友 那边同事 那边的同事 那边亲戚 的亲戚 "
		   "的表哥 的表姐 的表弟 "
		   "的表妹 的堂哥 的哥们 的闺蜜 的老乡 的前同事 工作的同学 上班的同事 打工的老乡 "
		   "上班的老乡 工作的老乡 "
		   "上班的表哥 上班的闺蜜 读书的同学 的网友"},
    {MOVE_AFTER, "zhuan_dao zhuandao ban_dao huan_dao 转 换 调 搬 转到 换到 调到 搬到 改"},
    {THEN_AFTER, "现在 现于 现居 现住 我是 他是 她是 我俩 我们 我在 我现 他在 她在 住在 都在 在 来 "
		 "人在 想在 目前 "
		 "如今 眼下 刚到 到 去年来 今年来 户口 "
		 "这会儿 跑到 搁 zai "
		 "xianzai"},
    {NOT_AFTER, "不考虑 不要 就算了 算了 不用说 不用管 不管 除外 不去了 不想去 不算 就不问 的不用 "
		"的不要 的证不要 的旧证不要 的卡不要 的就算了 "
		"那边不用 的就不用 我不考虑 已经排除 排除 pass掉"},
    {DONE_AFTER, "办的 办了 办过 办嘞 领的 领了 拿的 拿了 发的 那会 那时候 的时候 住的时候 住了 "
		 "打了 待了 呆了 上了 "
		 "干了 上过 住过 待过 干过 上的大学 读的大学 念的大学 上的学 读的书 念的书 读的研 "
		 "工作过 打过工 "
		 "生活过 读过书 上过学 毕业 毕业的 打了 干过活 的证 的旧证 已经退了"},
    {NEAR_AFTER, "近 更近 远 更远 很近 不远 比较近 较近 最近 只有 就 挺近 近点 近一点 近些"},
    {PLACE_WORD, "市区 市里 那边 这边 那儿 这儿 那里 这里 城里 那块 那头 工作 打工 上班 做生意"},
    {POSSESSIVE, "的 嘞 滴 哩 勒 de"},
    {STRONG, "沪 豫 皖 浙 闽 赣 鄂 渝 粤 黔 滇 琼 甬 穗 冀"},
    {STRONG_AFTER_NOT, "语 菜 剧 绣 江 icp"},
    {NEVER_ABBR, "广 佛 疆 申 新 吉 贵 黑 合 云 青 台 藏 港 澳 宁 甘 特"},
    {ABBR_AFTER, "户 籍 牌 漂 地区 a牌 b牌 c牌"},
    {ABBR_AFTER_NOT, "户外 牌子 户头 籍贯"},
    {ABBR_AROUND,
     "办 工 打 居 住 务 租 上 缴 买 人 满 有 的 能 怎 咋 申 领 签 续 补 生 就 创 交 待 呆 读 多 "
     "一 两 三 半 没 未 不 想 要 都 也 查 看 换 落 经 投 建 从 创 求 ， , ? ！ ! 。 . ？"},
    {ORDINARY,
     "京东 深入 深度 深刻 深处 深夜 深化 深圳 深请 深厚 深知 深层 深感 汉字 汉语 汉族 宁可 宁愿 "
     "川菜 辽阔 苏醒 桂花 桂圆 鲁莽 晋级 晋升 蒙混 蒙蔽 启蒙 青年 青春 津贴 津津 京剧 杭菜 川剧 "
     "川流 莞尔 莞家 莞e 湘菜 犹豫 豫园 资深 加深 最深 更深 水深 夜深 情深 高深 深有 深不 大厦 "
     "商厦 老汉 好汉 汉子 大汉 男汉 懒汉 醉汉 硬汉 壮汉 粗鲁 鲁班 鲁迅 复苏 紫苏 苏打 苏宁 苏泊 "
     "甬道 希冀 不渝 沪深300 沪深股 沪指 沪市 麦穗 稻穗 琼瑶 芙蓉 莲蓉 冰川 平川 川贝 秦始 蒙牛 "
     "蒙住 粤语 推广 增广 宽广 广深高速 广深铁路 广深线 广深港 广佛线 广佛肇 念佛 "
     "拜佛"},
    {REGION_WORD_NOT, "别 分 域 间 块"},
    {COMMON, "还 孩 的 了 在 有 要 就 会 能 可 不 没 也 都 我 你 他 她 它 这 那 哪 谁 个 们 吗 呢 "
	     "吧 啊 呀 么 "
	     "怎 多 少 几 什 办 证 查 询 编 号 问 请 和 跟 与 到 去 来 上 下 里 外 前 后 时 间 日 "
	     "月 年 地 址 "
	     "啥 今 进 近 尽 仅 紧 金 息 系 细 喜 精 经 就 被 背 轻 情 清 无 请 五 武 物 程 城 长 "
	     "常 场 主 住 居 "
	     "度 读 独 做 作 自 子 字 是 事 市 式 试"},
    {SLOT_AFTER,
     "重 居 暂 市 的 这 办 那 , ? 。 户 登 领 签 补 流 电 租 上 怎 咋 哪 和 跟 与 有 能 "
     "派出所 窗口 嘞 滴 "
     "申 可以 给不 认不 落户 资质 建筑 施工 装修 社保 交 缴 读书 开店 租房 支教 积分 得 嘅 个 自助 "
     "要多久 重新办 重新申 重新领 需要 现在 住 工作 打工 注册 成立 设立 开公司 医保"},
    {PAIR, "广 佛 莞 厦 京 津 沪 渝 苏 浙 皖 闽 赣 鲁 豫 鄂 湘 粤 桂 琼 川 黔 滇 陕 冀 晋 辽 深 穗 "
	   "杭 甬 蓉"},
    {OTHER_WORD,
     "费城 那去 通话 白色 保安 话都 阿巴 习城 长啥 luohu 长傻 无息 上孩 大脸 "
     "程度 伤害 太安 护照 通行 正好办 整好办 真好办 越省事 约省事 这里 网上 时间 地址 线上 长时 "
     "长期 常住 成都市 身份 申请 上次 上年 北面 东边 正周 成度 承诺 难道 背景 先生 清单 经济 "
     "中山路 中三 下周 双周 每周 两周 一周 几周 上周 本周 安全 南方 北方 东方 西方 延长 新建 平安 "
     "富裕 惠民 "
     "延迟 海洋 海岸 武装 精华 上层 危害 宣称 叫做 线安 午安 令安 大幅 物种 演变 沿岸 拿去 冒名 "
     "重做 雨林 抚养 字样 聪明 大型 信仰 形态 进化 铁你 比如 兴业 太湖 老城区 同城 各城 "
     "县城 主城 新城 矿山 开户 境外 小囡 "
     "公安 大厅 开发 信用 新型 大陆 保单 定向 监理 新证 中午 合法 太阳 唐诗 安静 海上 山中 "
     "浮云 威武 市面 东西 同行 "
     "大家 平板 新春 北站 眼中 山水 现金 苹果 孕妇 "
     "大爷 大姐 城管 阳台 "
     "雇员 一样 异常 义务 新鲜 实验 试验 大量 大力 启动 详细 附件 同乡 同龄 进城 回城 台商 "
     "长者 海滨 上访 定单 清真"},
    /* … heard in the questions of people who ask about other things. */
    {OTHER_WORD, "万元 心想 大型 一场 1场 海拔 宣传 毕竟 承担 风险 道理 商量 双眼 请愿 何必 无限 "
		 "大体 海岸 大胆 假定 "
		 "分化 文书 河床 随着 随之 三面 十一 叫作 自古 周刊 统领 房中 三合 进门 长远 本性 "
		 "江面 西岸 大举 风水 "
		 "北岸 闪电 中枢 山头 保守 历程 奉献 大权 郑重 利税 无线 无效 临近 无须 全城 危难 "
		 "一粒 四品 绵延 海边 "
		 "常数 各州 立下 上任 无形 沿江 自给 闪动 案情 情愿 为害 常驻 大豆 食盐 语系 为难 "
		 "包机 风化 无需 新政 "
		 "前门 海产 镇静 取经 童话 十余 严惩 焦躁 无心 商旅 海参 荒山 环岛 煽动 临终 讲习 "
		 "成名 大头 新近 杆子 "
		 "异样 八中 三中 红火 打通 三院 大娘 无常 大通道 文史 德行 本校 新兵 光源 随行 "
		 "大腿 誓言 散水 中止 无暇 "
		 "信誉 重围 天井 相称 一例 毅力 江边 清秀 同僚 高频 酱油 高龄 水壶 黄瓜 倾倒 保级 "
		 "上头 内疚 失明 百岁 "
		 "尽忠 大难 大义 西线 吃水 无序 同化 新意 佳作 像样 无害 大钱 两扇 被害 一里 信箱 "
		 "西服 进水 疗养 坏话 "
		 "疗程 大石头 扫兴 搭理 老两口 种田 大全 大区 通路 危房 死海 本息 富余 焚化 烟头 "
		 "主轴 大年 失言 自责 中暑 "
		 "承兑 将门 成堆 运筹 抱头 灌水 打理 心安 西餐 保湿 开走 开放区 金领 建的 常的 "
		 "落和 性和 问山 问江 击西"},
    {OTHER_WORD, "太远 暨南 午还 午又 台晚 阿爸 啊爸 啊把 阿把 床大 南洋 意大 金厂 胞定 宝头 对面 "
		 ""},
    {JOIN, "和 跟 与 及 同 、 比 还是 或 或者 vs 以及 / 对比 and or 还有 pk "
	   "he gen haishi & + versus with"},
};

static const struct cue_list backward_lists[] = {
    {ORIGIN_BEFORE, "laojia laojia_shi laojia_zai lao_jia_zai 老家 来自 籍贯 原籍 祖籍 户口 户籍 "
		    "户口本 户口所在地 户籍地 "
		    "户籍所在地 户口簿 出生 "
		    "户口留 户口落 户口一直 户口仍 娘家 婆家 故乡 家乡 户口地 户藉 hukou hukou_zai "
		    "hukou_shi huji huji_zai huji_shi"},
    {HOME_BEFORE,
     "我屋在 屋里在 屋头在 户口所在地 户籍所在地 户籍地 户口地 户口本 户口簿 户口 户籍 ip ip属地 "
     "ip在 原籍 "
     "祖籍 身份证是 身份证还是 id_card是 id_card_is id是 身份证地址 身份证地址是 身份证上是 "
     "身份证上的地址是 驾照是 "
     "laojia laojia_zai laojia_shi lao_jia_zai lao_jia hukou_zai hukou_shi 老家 来自 "
     "籍贯 娘家 婆家 故乡 家乡 hukou hukou_is_in hometown_is hometown"},
    {SELF_BEFORE,
     "wo_shi women_shi wo_men_shi 我是 俺是 我们是 咱是 本人是 都是 我 俺 我们 咱 本人 他是 她是 "
     "老公是 老婆是 我家 我们家 "
     "咱家 "
     "女朋友 男朋友 女友 男友 老公 老婆 太太 媳妇 对象 爱人 室友 岳父 岳母 公公 婆婆 我妈 我爸 "
     "女朋友是 男朋友是 "
     "女友是 男友是 太太是 先生是 "
     "对象是 爱人是 媳妇是 朋友是 室友是 同事是 孩子是 爸妈是 父母是 我爸是 我妈是 我俩是 屋里是 "
     "屋头是 屋企是 家是 家里是 家里头是 那疙瘩是 那旮旯是 那旮沓是 那边是 本来是 老板是 老板"},
    {FROM_BEFORE, "cong 从 丛 由 打 自"},
    {LEFT_BEFORE,
     "本来打算去 本来想去 本来要去 本想去 原本想去 原本打算去 原打算去 原计划去 原来打算去 差点去 "
     "离开 离开了 撤出 告别 搬离 搬出 逃离 调离 人不在 已经不在 不在 没在 "
     "bu_zai buzai not_in no_longer_in left likai leave leaving"},
    {PAST_BEFORE,
     "之前在 以前在 原来在 原先在 曾在 曾经在 从前在 早先在 过去在 早前在 去年在 前年在 先前在 "
     "以前住 之前住 本来住 本来在 原来住 原先住 以前住在 之前住在 原来住在 原先住在 去年住在 "
     "曾住在 之前是在 "
     "以前是在 "
     "年前在 ,原在 本人原在 我原在 我们原在 家原在 地原在 公司原在 口原在 前几年 前些年 "
     "头几年 毕业于 就读于 原来我在 以前我在 之前我在 原先我在 前些年在 前几年在 上半年在 "
     "上次在 上回在 头年在 刚从 yiqian_zai yi_qian_zai zhiqian_zai yuanlai_zai yuan_lai_zai "
     "才从 以前 原来 之前"},
    {NEGATED_BEFORE,
     "别给我发 别发 别按 别拿 bie_gei_wo_fa bie_gei_wo bie_fa bie_guan 别管 甭管 不是 不是在 "
     "不是说 不是问 别说 别给我 不要 不问 不去 并非 而不是 不是指 没问 没说 "
     "别扯 "
     "别提 不想要 不想问 不想听 不想知道 不需要 除了 "
     "别给我说 别跟我说 别跟我讲 别给我讲 别老说 不是问你 bu_shi bushi not bie_shuo 唔系 唔係 勿是 "
     "不是要 不是问的 不考虑 伐是 弗是 勿系 唔係讲 唔系讲 唔是 不系 莫讲 伐是讲 不是讲 弗要"},
    {NEGATED_BEFORE_NOT, "是不是 是不是在 要不要 去不去 shi_bu_shi shibushi 係唔係"},
    {EXCEPT_BEFORE, "除 除去"},
    {NON_BEFORE, "非 不是 没有 没 无 冇 不是本地"},
    {FILLER, "是 在 再 于 : 为 也 就 都 还 从 本地 呢 嘛 住 人 一直是 一直"},
    {ABBR_BEFORE, "在 来 到 抵 驻 留 赴 非 离 去"},
    {SLOT_BEFORE, "在 再 来 到 去 住 回 跑 往 问 我 咱 俺 从 于 , 。 : 和 跟 与 吧 下"},
    {NAMED_BEFORE, "我叫 俺叫 咱叫 他叫 她叫 本人叫 名叫 名字叫 名字是 名字为 姓名是 姓名叫 姓名 "
		   "姓 同事叫 工友叫 同学叫 朋友叫 "
		   "室友叫 邻居叫 外甥叫 外甥女叫 侄子叫 侄女叫 侄儿叫 孙子叫 孙女叫 儿子叫 女儿叫 "
		   "闺女叫 孩子叫 小孩叫 宝宝叫 "
		   "娃叫 老婆叫 老公叫 媳妇叫 爱人叫 对象叫 男友叫 女友叫 男朋友叫 女朋友叫 老板叫 "
		   "房东叫 哥叫 姐叫 弟叫 妹叫 "
		   "弟弟叫 妹妹叫 哥哥叫 姐姐叫 爸叫 妈叫 爸爸叫 妈妈叫 父亲叫 母亲叫 爷爷叫 "
		   "奶奶叫 外公叫 外婆叫 叔叫 舅叫 姑叫 "
		   "老师叫 师傅叫 员工叫 职工叫 司机叫 会计叫 经理叫 法人叫 法定代表人叫 人叫 "
		   "小伙叫 姑娘叫 妹子叫 同名叫"},
    {COUNT_BEFORE, "个 位 名 群 帮 俩 几个"},
    {FOREIGN_BEFORE, "没户口 没有户口 无户口 外地户口 外省户口 外地户籍 外省户籍 农村户口 城镇户口 "
		     "非本地户口 非本市户口 "
		     "非本地户籍 非本市户籍 外市户口 外来户口 本省户口 省外户口 省内户口"},
    {OTHERS_BEFORE,
     "laogong_zai lao_gong_zai laopo_zai lao_po_zai pengyou_zai peng_you_zai tongshi_zai gege_zai "
     "jiejie_zai didi_zai meimei_zai fumu_zai bama_zai haizi_zai 朋友在 同事在 同学在 闺蜜在 "
     "哥们在 表哥在 表姐在 表弟在 表妹在 亲戚在 老乡在 网友在 邻居在 "
     "朋友人在 听说 听别人说 听人说 听同事说 听朋友说 别人说 朋友说 同事说 网上说 他在 她在 人家在 "
     "1个在 1位在 我姐在 我哥在 我弟在 我妹在 我爸在 我妈在 我爹在 我娘在 我儿在 我儿子在 "
     "我女儿在 我闺女在 "
     "我姐夫在 "
     "我嫂子在 我叔在 我舅在 我姑在 我姨在 大哥在 大姐在 佢喺 佢话 佢讲 人哋话 人地话 听讲 同事话 "
     "朋友话 "
     "我们公司是 我公司是 咱公司是 我司是 我们企业是 听人话 单位注册在 劳务公司是 中介是 "
     "派遣公司是 包工头是 "
     "老公在 老婆在 爱人在 对象在 媳妇在 爸妈在 父母在 弟弟在 "
     "妹妹在 "
     "哥哥在 姐姐在 合伙人在 股东在 房东在 房东人在 中介在 儿子在 女儿在 闺女在 舅舅在 叔叔在 "
     "姑姑在 家人在 岳父在 岳母在 总部在 公司总部在 单位总部在 总公司在 总公司喺 总部喺 母公司在 "
     "公司注册在 "
     "注册地在 集团在 老板在 厂家在"},
    {FROM_LETTERS, "from"},
    {IN_LETTERS,
     "zai dao lai qu cong xianzai renzai wozai 在 到 来 去 从 于 bandao banqu shi_zai jiu_zai gen"},
    {ENGLISH, "in from at near to around"},
    {STRONG_SLOT, "在 来 到 去 于 从 搁 喺 人在 我住 家住 现住 就住"},
    {NOW_BEFORE,
     "而今在 而今 今年回 今年回到 迁至 迁到 搬至 调至 派来 现在在 现在搬到 现在搬来 现在回 又回 "
     "眼下在 "
     "眼下挪到 如今在 "
     "如今搬到 目前在 现在人在 "
     "人现在在 "
     "人在 现居 现住 现在住 现在 目前 眼下 如今 搬到 调到 挪到 转到 换到 跳槽到 搬去 搬来 搬回 "
     "搬到了 "
     "今年又回 今年又回到 今年又来 今年又到 今年又去 今年到了 今年来了 今年到 今年来 今年在 "
     "后来到了 后来去了 后来到 后来来了 后来在 又到了 "
     "又来了 又去了 才到 才来 这两年在 这几年在 这两年到 "
     "调去 来到 刚到 调来 这会儿在 搬到了 搬进 回到 转来 jintian_zai xianzai_zai xianzai ban_dao"},
    {RIGHT_BEFORE,
     "不对是 不对,是 不对 不对, 不对,是说 ,不, !不, 哦不对, 啊不对, 噢不对, 错了是 错了,是 "
     "错了,应该是 说错了 打错了 写错了 搞错了 啊不 啊不, 啊不是 "
     "呃不 哦不是 哦不 噢不 "
     "更正 "
     "更正,是 应该是 不对,应该是 说错了是 打错了是 说错了,是 打错了,是 写错了,是 哦不,是 噢不,是 "
     "不不不 不是,是 不是是 不是,应该是 不是!是 不是,我是说 不对不对 不对,我说的是 i_mean 我说的是 "
     "我是说 "
     "我指的是 我问的是 问的是"},
    {FAR_BEFORE, "离 距离 靠近 挨着 紧挨 紧靠 紧邻 挨近 隔壁是 旁边是 隔壁就是 旁边就是"},
    {BACK_BEFORE, "回 得回 要回 还得回 跑回 回去 回到"},
    {STILL_BEFORE,
     "还住 还住在 仍住 还租在 还在 仍在 仍然在 还留在 继续在 一直在 hai_zai still_in"},
    {FIRST_BEFORE,
     "从小在 先在 先去了 先去 先到了 先到 先跑到 先跟着去了 最早在 起初在 一开始在 刚开始在 "
     "起先在 早年在 毕业后在 之前的 以前的"},
    {STAGE_BEFORE,
     "后来到了 后来去了 后来到 后来去 后来来了 后来在 后来又到 后来又去 后来又在 然后到了 "
     "然后去了 然后去 然后到 然后在 接着去了 接着到了 接着在 再到 再去 又到了 又去了 又来了 "
     "又在 又去 又到 又跑 又跑去 又跑到 中间去了 中间在 中间到了 之后去了 之后到了 之后在 之后去 "
     "之后到 去年去了 去年去 去年到了 去年来了 前年去了 前年去 前年到了 houlai_qu "
     "then_in then_moved_to then_to"},
    {BEEN_BEFORE, "去过 回过 到过 待过 呆过 跑过"},
    {TAIL, "市政 财政 行政 民政 邮政 家政 执政 党政 时政 政务 高兴 尽兴 扫兴 助兴 提高 最高 更高 "
	   "很高 短信 微信 彩信 通信 电信 相信 征信 回信 来信 写信 手机 司机 飞机 "
	   "核定 确定 规定 一定 "
	   "决定 认定 固定 "
	   "绑定 锁定 约定 否定 知道 街道 报道 频道 渠道 通道 味道 人力 能力 努力 效力 天天 每天 "
	   "今天 明天 昨天 "
	   "那天 几天 半天 整天 聊天 当天 白天 前天 后天 多天 两天 三天 哪天 这天 重新 更新 最新 "
	   "全新 同安 "
	   "平安 公安 治安 保安 不安 说明 证明 声明 清明 长期 共同 相同 合同 不同 方面 上面 下面 "
	   "里面 当面 "
	   "见面 页面 卡面 窗口 户口 人口 路口 出口 入口 进口 开口 "
	   "周四 星期四 礼拜四 指南 东南 西南 东北 西北 华北 实惠 优惠 音乐 快乐 娱乐 道德 水平 "
	   "公平 中文 英文 外文 "
	   "来源 资源 能源 医保 社保 担保 参保 对应 相应 适应 响应 反应 财富 收集 采集 聚集"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CUE_CHARS    16

struct spelling {
	uint32_t chars[CUE_CHARS];
	size_t n;
};

static void spell(struct spelling *s, struct view word)
{
	s->n += utf8_take(&word, s->chars + s->n, CUE_CHARS - s->n);
}

static void put(struct trie *t, struct spelling s, uint32_t bit, bool is_backward)
{
	for (size_t i = 0; is_backward && i < s.n / 2; i++) {
		uint32_t swap = s.chars[i];

		s.chars[i] = s.chars[s.n - 1 - i];
		s.chars[s.n - 1 - i] = swap;
	}
	*trie_put(t, s.chars, s.n) |= bit;
}

static void compile(struct trie *t, const struct cue_list *lists, size_t n, bool is_backward)
{
	trie_init(t);
	for (size_t i = 0; i < n; i++) {
		struct view rest = view_of(lists[i].words), word;

		while (view_split(&rest, ' ', &word)) {
			struct spelling s = {.n = 0};

			spell(&s, word);
			for (size_t j = 0; j < s.n; j++)
				if (s.chars[j] == '_')
					s.chars[j] = ' ';
			put(t, s, lists[i].bit, is_backward);
		}
	}
}

/* Each word once more for each of its characters, which only sounds right there. */
static void compile_heard(struct trie *t, const char *words, uint32_t bit)
{
	struct view rest = view_of(words), word;

	while (view_split(&rest, ' ', &word)) {
		struct spelling s = {.n = 0};

		spell(&s, word);
		for (size_t i = 0; i < s.n; i++) {
			struct spelling heard = s;

			heard.chars[i] = CUE_SOUND + pinyin_of(s.chars[i]);
			put(t, heard, bit, false);
		}
	}
}

static void compile_inside(struct trie *t)
{
	trie_init(t);
	for (size_t i = 0; i < COUNT(inside_words); i++) {
		struct view rest = view_of(inside_words[i]), word;

		while (view_split(&rest, ' ', &word)) {
			struct spelling s = {.n = 0};

			spell(&s, word);
			put(t, s, 1, false);
		}
	}
}

/* A matter's word between two others, either of which may be empty. */
static void put_around(struct cues *c, const char *before, struct view term, const char *after,
		       uint32_t bit, bool is_backward)
{
	struct spelling s = {.n = 0};

	spell(&s, view_of(before));
	spell(&s, term);
	spell(&s, view_of(after));
	if (s.n < CUE_CHARS)
		put(is_backward ? &c->backward : &c->forward, s, bit, is_backward);
}

/* 沪居住证, 北京的居住证 …, 以前的居住证是北京的: whatever the matters are called. */
static void compile_terms(struct cues *c, const struct catalog *catalog)
{
	static const char *const past[] = {"以前的", "之前的", "原来的"};

	for (size_t i = 0; i < catalog->n_matters; i++) {
		const struct matter *m = &catalog->matters[i];

		for (size_t j = 0; j < m->n_terms; j++) {
			put_around(c, "", m->terms[j], "", ABBR_AFTER | SLOT_AFTER, false);
			put_around(c, "的", m->terms[j], "", DONE_AFTER, false);
			for (size_t k = 0; k < COUNT(past); k++)
				put_around(c, past[k], m->terms[j], "是", PAST_BEFORE, true);
		}
	}
}

/* Asked at every character: most are told at once that nothing leads to a place there. */
static void note_leading(struct cues *c)
{
	c->leading = 0;
	for (size_t i = 0; i < COUNT(backward_lists); i++) {
		struct view rest = view_of(backward_lists[i].words), word;

		while (backward_lists[i].bit & STRONG_SLOT && view_split(&rest, ' ', &word)) {
			struct spelling s = {.n = 0};

			spell(&s, word);
			c->leading |= 1ull << (s.chars[s.n - 1] & 63);
		}
	}
}

void cues_init(struct cues *c, const struct catalog *catalog)
{
	compile(&c->forward, forward_lists, COUNT(forward_lists), false);
	compile(&c->backward, backward_lists, COUNT(backward_lists), true);
	compile_heard(&c->forward, houses_and_dishes, PART_AFTER);
	compile_heard(&c->forward, "居民 同胞", PEOPLE_AFTER);
	compile_inside(&c->inside);
	note_leading(c);
	if (catalog)
		compile_terms(c, catalog);
}

void cues_done(struct cues *c)
{
	trie_done(&c->forward);
	trie_done(&c->backward);
	trie_done(&c->inside);
}
