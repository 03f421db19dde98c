/* SPDX-License-Identifier: Apache-2.0 */
/* filler.c - one string of words, separated by blanks; a low line is a blank inside a word. */
#include "dialog/filler.h"

#include <string.h>
#include <threads.h>

#define FILLERS_MAX 512

static const char all[] =
    "那么 那 呢 的话 的 在 我说的是 我问的是 我是说 我是问 "
    "我指的是 我 是 说 问 不对 不是 错了 说错了 打错了 "
    "写错了 搞错了 弄错了 应该 换成 改成 换 改 如果 要是 "
    "假如 呀 啊 吧 哦 嘛 了 也 一样吗 一样么 一样 吗 么 "
    "怎么样 怎么说 怎样 咋样 又 还是 还有 再 看看 看 查 一下 "
    "下 请问 想 知道 这边 这里 那边 那里 这儿 那儿 市 区 省 "
    "县 人 和 跟 与 还 就是 就 才 对 哎 额 嗯 噢 好 行 回到 回 "
    "刚才 刚刚 那个 这个 至于 关于 情况 说说 讲讲 麻烦 谢谢 "
    "您 你 帮 同样 问题 同 呐 咧 嘞 哈 我在 到 哩 噻 伐 去 里 "
    "都 及 或者 以及 改为 城市 地区 住 我们 咱 咱们 现在 全国 "
    "ne na ma 算了 其实 干脆 要不 零 多 只 差 差不多 大概 大约 "
    "不了 刚 刚好 已经 满 就按 按 呃 喔 换回 改回 说回 咁 噉 "
    "嘅 喺 啦 喇 咯 撒 哇 呗 嗨 诶 欸 哎呀 侬 俺 俺们 嘎 and "
    "what_about how_about about for in or also then 不中 不成 不行 不要 "
    "不要这个 普通 一般 please pls the no sorry i_mean instead not it's "
    "thx wo_shi_shuo shi_shuo bu_dui bu_shi shi wo_zai zai huan_cheng me ye hai_shi wo_shuo_de_shi "
    "wo_wen_de_shi nei de 加上 再加 加个 加1个 外加 带上 连 返去 "
    "is_it_the_same is_this_the_same same the_same as_well too but there is_it is_that and_in "
    "now_in "
    "i_live_in i_work_in i_am_in im_in i'm_in here what_if_i_live_in "
    "翻返 倒回 转回 返嚟 老公 老婆 爱人 对象 我爸 我妈 爸妈 "
    "父母 儿子 女儿 孩子 媳妇 家人 弟弟 妹妹 哥哥 姐姐 爸爸 "
    "妈妈 亲戚 他 她 他们 她们 女朋友 男朋友 我哥 我姐 我弟 "
    "我妹 工作 上班 打工 读书 上学 嗰边 嗰度 呢边 呢度 系 係 "
    "唔系 唔係 阿拉 伊 搿 格么 个么 勒 伐是 勿是 弗是 葛么 "
    "那块 那旮旯 这旮旯 搁 那噶 莫 不是讲 讲 那嘎达 呢个 "
    "睇下 再加上 再加1个 姐 妹 哥 弟 爸 妈 我姐姐 我妹妹 "
    "我哥哥 我弟弟 我爸爸 我妈妈 我老公 我老婆 我对象 "
    "再加个 再看看 再带上 这样 这么 也这样 孙子 孙女 外孙 外孙女 外婆 奶奶 "
    "爷爷 也要 要办 1样的 又点呢 又点 点呀 朋友 同学 同事 室友 舍友 工友 "
    "老乡 邻居 表哥 表姐 表弟 表妹 堂哥 堂姐 堂弟 堂妹 舅舅 叔叔 阿姨 姑姑 "
    "姨妈 侄子 侄女 外甥 公公 婆婆 岳父 岳母 闺女 娃 娃儿 崽 仔 细佬 老豆 "
    "老母 阿妈 阿爸 阿哥 阿姐 小孩 闺蜜 哥们 老板 待 呆 定居 搬 目前 今年 "
    "这会儿 如今 嫁 漂 要去 要问 要查 要到 要在 要来 要找 要搬 准备 打算 计划 马上 即将 搬去 搬到 "
    "调到 调去 ";

/* Beside a thing that is asked about by its name they add nothing either. */
static const char of_points[] =
    "可以 能 能不能 可不可以 行不行 行不 行么 中不 中 得不 得 会 会不会 要 要不要 需要 用 不用 "
    "可用 能用 没有 没得 没 有 有没有 无 冇 办 弄 搞 交 带 拿 给 写 开 开不出 拿不到 丢 找不到 "
    "不 怎么办 咋办 怎么弄 咋弄 咋整 点算 怎么 咋 啥 什么 光 单 只有 拿着 凭 算 管用 好使 有用 "
    "代替 替 顶 上 里 直接 或 钱 多少 几 些 被 真 一个 1个 张 份 本 个 过 想 来 ? xing keyi ke_yi "
    "得唔得 有冇 使唔使 唔 喎 㗎 咩 架 嘎 啫 啰 得㗎 咁样 "
    "ma hao can i use with a an my is it ok okay have no don't do i'll enough accepted accept by "
    "on "
    "via via_ through yong neng mei you meiyou mei_you ban this that your must need to pay using ";

/* Nor do these beside what may be asked of anything. */
static const char of_general[] =
    "多久 多长 多长时间 时间 几年 几个月 几天 年 什么时候 何时 哪里 哪儿 哪 在哪 如何 怎样 咋样 "
    "咋弄 咋个 怎么查 查询 查看 办理 申请 期限 是否 能否 可否 为 以后 之后 后 前 快 处理 手续 流程 "
    "证 证书 证件 证照 许可证 执照 卡 审批 审核 受理 地址 信息 找谁 找 谁 会怎样 后果 补 续 重新 "
    "号 自动 "
    "必须 一定 ";

/* Each word in a copy of it, blanks as they are typed. */
static char words[sizeof(all)], words_of_points[sizeof(of_points)],
    words_of_general[sizeof(of_general)];
static struct view fillers[3 * FILLERS_MAX];
static size_t n_fillers, n_more, n_most; /* those of points behind the others, then the rest */
static once_flag once = ONCE_FLAG_INIT;

static size_t split(char *copy, struct view *out)
{
	struct view rest = view_of(copy), word;
	size_t n = 0;

	while (view_split(&rest, ' ', &word) && n < FILLERS_MAX)
		if (word.len > 0)
			out[n++] = word;
	for (char *c = copy; *c; c++)
		if (*c == '_')
			*c = ' ';
	return n;
}

static void get_ready(void)
{
	memcpy(words, all, sizeof(all));
	memcpy(words_of_points, of_points, sizeof(of_points));
	memcpy(words_of_general, of_general, sizeof(of_general));
	n_fillers = split(words, fillers);
	n_more = n_fillers + split(words_of_points, fillers + n_fillers);
	n_most = n_more + split(words_of_general, fillers + n_more);
}

static size_t longest_at(struct view v, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		const struct view *f = &fillers[i];

		/* Nearly all differ in their first bytes. */
		if (f->len > best && f->len <= v.len && f->ptr[0] == v.ptr[0] &&
		    memcmp(f->ptr, v.ptr, f->len) == 0)
			best = f->len;
	}
	return best;
}

size_t filler_at(struct view v)
{
	call_once(&once, get_ready);
	return longest_at(v, n_fillers);
}

size_t filler_of_point_at(struct view v)
{
	call_once(&once, get_ready);
	return longest_at(v, n_more);
}

size_t filler_of_general_at(struct view v)
{
	call_once(&once, get_ready);
	return longest_at(v, n_most);
}
