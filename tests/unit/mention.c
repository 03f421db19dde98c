/* SPDX-License-Identifier: Apache-2.0 */
/* mention.c - which places a question names, and which of them it asks about. */
#include "nlu/mention.h"

#include "nlu-world.h"

static struct world world;
static struct arena arena;
static struct gazetteer *gazetteer;
static struct term_table *terms;

static struct mentions scan(const char *question)
{
	struct text text;
	struct sounds sounds;
	struct term_hits hits;
	struct mentions m = {.n = 0};

	arena_reset(&arena);
	if (text_fold(&arena, view_of(question), &text) < 0)
		return m;
	sounds_make(&arena, &text, &sounds);
	term_scan(terms, &arena, &text, &sounds, &hits);
	gazetteer_read(gazetteer, &arena, &text, &sounds, &hits, &m);
	return m;
}

/* The targets' ids, joined by commas. */
static void asks(const char *question, const char *want)
{
	struct mentions m = scan(question);
	char got[256] = "";

	for (size_t i = 0; i < m.n_targets; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s", i ? "," : "",
			 VIEW_ARG(m.targets[i]->id));
	is_str(got, want, "%s asks about '%s'", question, want);
}

static void names(void)
{
	asks("郑州居住证编号怎么查", "410100");
	asks("上海市居住证", "310000");
	asks("魔都居住证要多久", "310000");
	asks("在鹏城怎么办居住证", "440300");
	asks("鄭州居住證編號", "410100");
	asks("河南郑州居住证", "410100");
	asks("河南省郑州市金水区怎么办", "410105");
	asks("浦东居住证去哪办", "310115");
	asks("居住证编号怎么查", "");
	asks("随申办能查吗", "310000");
	asks("随申办里能查上海居住证吗", "310000");
	asks("津心办里看得见居住证编号吗", "120000");
	asks("我在武汉，鄂汇办里能查居住证吗", "420100");
	asks("从苏州到上海怎么走", "310000");
}

static void several(void)
{
	asks("上海和郑州的居住证有什么不同", "310000,410100");
	asks("郑州、上海、深圳哪个快", "410100,310000,440300");
	asks("长三角居住证通用吗", "cluster:yangtze_delta");
	asks("京沪居住证对比", "110000,310000");
	asks("上海的上海居住证", "310000");
}

static void shared_names(void)
{
	struct mentions m;

	asks("南京鼓楼区居住证", "320106");
	asks("北京朝阳居住证", "110105");
	asks("朝阳居住证去哪办", "110105");
	m = scan("朝阳居住证去哪办");
	ok(m.assumed != NULL, "the assumed reading of 朝阳 is said");
	asks("鼓楼区居住证", "");
	m = scan("鼓楼区居住证");
	ok(m.ambiguous && m.ambiguous->n_candidates >= 3,
	   "鼓楼区 is asked back with its candidates");
	asks("我在南京，鼓楼区派出所能办居住证吗", "320106");
	/* A zone the table does not have is where it stands. */
	asks("丹东 开发区 居住证", "210600");
	m = scan("丹东 开发区 居住证");
	ok(!m.ambiguous, "a zone behind its city is not asked back");
	asks("长沙居住证", "430100");
	m = scan("长沙居住证");
	ok(!m.assumed && !m.ambiguous, "that 长沙 is the city goes without saying");
}

static void roles(void)
{
	asks("老家河南，人在上海，居住证怎么办", "310000");
	asks("我是河南的，在上海办居住证", "310000");
	asks("我是河南人在深圳上班", "440300");
	asks("河南户口在上海能办居住证吗", "310000");
	asks("河南户口在哪查居住证编号", "");
	asks("从郑州搬到杭州，居住证还有用吗", "330100");
	asks("不是北京是深圳", "440300");
	asks("离开上海了居住证要注销吗", "310000");
	asks("非深户能办居住证吗", "440300");
	asks("外地户口在上海怎么申领", "310000");
	asks("上海市山西路派出所能办吗", "310000");
	asks("在上海四川路上开店，居住证怎么办", "310000");
	asks("回四川路上把居住证丢了", "510000");
	asks("本人河北邢台，现居山西阳泉，居住证如何办理", "140300");
	asks("户籍所在地湖北随州，常住地浙江金华，居住证", "330700");
	asks("苏州的证不要了，回扬州办", "321000");
	asks("刚到常熟，户口还在学校南京，居住证能办不", "320581");
	asks("北京烤鸭哪家好吃", "");
	asks("上海人社局电话", "310000");
}

static void short_names(void)
{
	asks("在沪办居住证", "310000");
	asks("来深建设者怎么办居住证", "440300");
	asks("想上沪牌", "310000");
	asks("粤居住证", "440000");
	asks("怎么申请居住证", "");
	asks("新办居住证", "");
	asks("深入了解一下", "");
	asks("云办理是什么", "");
	asks("费用贵吗", "");
	asks("青年公寓能办吗", "");
	asks("河南和河北区别大吗", "410000,130000");
}

static void by_sound(void)
{
	asks("zhengzhou juzhuzheng bianhao", "410100");
	asks("shang hai jzz", "310000");
	asks("zz jzz bianhao zenme cha", "410100");
	asks("zz zenme le", "");
	asks("正州居住证编号", "410100");
	asks("在上嗨办居住证", "310000");
	asks("广卅居住证", "440100");
	asks("昆山 苏州 办证差别", "320583,320500");
	asks("suzhou jzz", "320500");
	asks("chengdu jzz shenhe dao na yi bu le", "510100");
	asks("zai shenyang shenhe ban jzz", "210103");
	asks("在网上还能办居住证吗", "");
	asks("普通话不好怎么办", "");
	asks("jifen luohu", "");
	ok(scan("正州居住证").items[0].is_corrected, "a place found by sound says so");
}

static void in_letters(void)
{
	asks("how long does it take in Yiwu", "330782");
	asks("in Xi'an居住证", "610100");
	asks("Hohhot居住证 replacement fee", "150100");
	asks("in Inner Mongolia怎么办居住证", "150000");
	asks("zai jinan ban jzz", "370100");
	asks("zai foshan nanhai ban jzz", "440605");
	asks("shanghai he beijing nage juzhuzheng hao ban", "310000,110000");
	asks("compare Xiamen 和 Fuzhou 的 permit", "350200,350100");
	asks("绵阳 Sichuan 居住证", "510700");
	asks("wuhan wuchang juzhuzheng", "420106");
	asks("suishenban cha juzhuzheng hao", "310000");
	asks("chang san jiao juzhuzheng huren ma", "cluster:yangtze_delta");
	asks("he bei juzhuzheng", "130000");
	asks("juzhuzheng hao he shenfenzheng hao yiyang ma", "");
	asks("zai xian ban juzhuzheng", "");
	asks("zai zheli ban juzhuzheng xing ma", "");
	asks("juzhuzheng shouji shang neng ban ma", "");
	asks("gedi zhengce yaoqiu renzheng", "");
	asks("wo bu zai beijing, zai langfang", "131000");
	asks("cong beijing ban dao tianjin jzz", "120000");
	asks("moved to Suzhou from Nanjing", "320500");
	asks("laojia anhui, ren zai nanjing, jzz", "320100");
	asks("laojia zai jiangxi xianzai zai xiamen jzz", "350200");
	/* What is a word too, behind its city, in a row, or where a question begins. */
	asks("chengdu Jinniu juzhuzheng", "510106");
	asks("shaoxing quzhou weihai juzhuzheng na ge kuai", "330600,330800,371000");
	asks("nanjinglu 12 hao zufang, ban juzhuzheng yao hetong ma", "");
	asks("nanjing lu 12 hao zufang, ban juzhuzheng yao hetong ma", "");
	asks("妹妹打的：wo xiang wen weihai juzhuzheng zai na ban", "371000");
	asks("wo xiang wen zhe ge juzhuzheng", "");
}

static void overlapping(void)
{
	asks("开头是啥意思 南昌发的", "360100");
	asks("办理、武 汉", "420100");
	asks("广 州 居 住 证", "440100");
	asks("青岛市南区居住证", "370202");
	asks("青岛市市南区居住证", "370202");
	asks("济南市中区居住证", "370103");
	asks("天津和平和河西居住证", "120101,120103");
	asks("新疆和田居住证", "653200");
	asks("岳阳市岳阳楼区", "430602");
	asks("苏州园区居住证", "320571");
	asks("晋红市西双板纳", "532801");
}

static void stories(void)
{
	asks("我在绵阳读的大学,爸妈住泸州,去年我到成都上班,请问成都居住证多久能办好", "510100");
	asks("我妈在保定看病,医保一直在沧州交,沧州的医保卡密码忘了怎么办", "130900");
	asks("朋友说嘉兴注册快,我家在湖州,最后决定在湖州注册建筑公司,要准备什么材料", "330500");
	asks("孩子在温州上学,我在台州打工,打算办台州的居住证,没有租房合同能办吗", "331000");
	asks("老公在绍兴柯桥上班,我在宁波带孩子,绍兴的居住证丢了去哪补", "330600");
	asks("住在番禺,公司在天河,广州居住证去哪办", "440113");
	/* Whose thing is asked about by name needs no other that also has one. */
	asks("我有一张常州的居住证,现在想问镇江居住证怎么申请", "321100");
	asks("人在惠州,医保在梅州交的,梅州的医保卡密码怎么改", "441400");
	asks("我搁长春呢,想回四平注册个建筑公司,四平那边咋整", "220300");
	asks("我在株洲,医保卡是衡阳的,衡阳的密码能自己改不", "430400");
	asks("本来想去绵阳,最后商量好在四川泸州注册建筑公司,资质先办哪个", "510500");
	asks("医保从前在湖州,后来转到绍兴,我还拿着湖州的旧卡,绍兴医保卡的密码怎么重新设", "330600");
	/* What one place has given is carried to another, and what is compared is compared. */
	asks("我有杭州的居住证,去宁波工作还要再办吗", "330100,330200");
	asks("上海三天就好,和深圳比哪个快", "310000,440300");
	asks("我在常州住了四年,去镇江以后年限能连着算不", "320400,321100");
	asks("天河跟白云,居住证审核是不是白云更严", "440106,440111");
	asks("苏州居住证要多久,南京呢", "320500,320100");
	asks("想把公司从芜湖搬到铜陵,两边在资质上有什么不同", "340200,340700");
	asks("可以在老家宜宾或者现在干活的城市遂宁开公司,两个地方哪个便宜", "511500,510900");
	asks("从芜湖搬到铜陵,资质上有什么不同", "340700");
	asks("老家宜宾的,在遂宁开公司,哪个窗口受理", "510900");
	asks("温州让代,台州让不让,规定不同吧", "330300,331000");
	asks("我在泰安住了三年,到德州给不给认", "370900,371400");
	asks("从包头搬到鄂尔多斯,到期了是回包头换还是鄂尔多斯就能换", "150200,150600");
	asks("听说绵阳三天就好,比德阳快多少", "510700,510600");
	asks("去年在中山开公司,今年在珠海再开一家,珠海和中山的差别大不大", "440400,442000");
	asks("从中山搬来,珠海的居住证和户口有什么区别", "440400");
	asks("我在青岛上班,公司在市北区,居住证去哪办", "370203");
	asks("我在苏州相城住,如今搬到园区了,居住证换地址要本人吗", "320571");
	asks("本来打算去南通的,朋友介绍到了盐城,居住证要住满半年吗", "320900");
	asks("平时在嘉兴上班,湖州的居住证我能办吗,还是只能办嘉兴的", "330400,330500");
	/* A story without any marks turns all the same. */
	asks("在九江读完大学后来留在宜春工作现在想办宜春的居住证要多久", "360900");
	asks("我哥在九江我后来到了宜春开店宜春居住证怎么办", "360900");
	asks("别管九江了就说宜春居住证咋办", "360900");
	asks("我姐那年在九江读书来着 我一直在宜春上班 打算办居住证考驾照 宜春居住证怎么办",
	     "360900");
	asks("九江居住证 宜春", "360400,360900");
	/* What is offered is meant, and nothing else. */
	asks("我在滁州上班,居住证应该在南京办还是在扬州办", "320100,321000");
}

/* Where the thing is that is spoken of, though somebody only comes from there or is elsewhere. */
static void things(void)
{
	asks("老家邵阳的医保卡密码不记得了", "430500");
	asks("广元老家办的医保卡怎么改密码", "510800");
	asks("我爸的社保是在老家江西吉安交的，密码锁了", "360800");
	asks("娘家汉中那边的医保卡初始密码", "610700");
	asks("老家邵阳，医保卡密码在长沙能改吗", "430100");
	asks("老家广元的，眼下在绵阳办居住证", "510700");
	asks("婆家在宿迁，人在无锡，居住证怎么申请", "320200");
	asks("我有镇江的居住证，现在人在合肥，证弄丢了怎么弄", "321100");
	asks("台州的居住证，如今在金华，证丢了去哪里补", "331000");
	asks("台州的居住证，如今在金华，要重新办吗", "330700");
	/* One is insured where one is from. */
	asks("医保密码在手机上能改不，我是清远的", "441800");
	asks("我是清远的，居住证怎么办", "");
	asks("我是清远人，没交社保能办居住证吗", "");
	asks("老家清远的社保，在韶关办居住证", "440200");
	asks("带我妈在南京看病，她是江西九江的医保，不知道密码怎么办", "360400");
	asks("徐州的居住证地址要变更吗，我现在在连云港上班", "320300");
	/* What was left is asked about again with its thing, unless that is not wanted any more. */
	asks("从无锡辞职回了宿迁，无锡的居住证快到期了，要去注销吗", "320200");
	asks("在汕头住了三年，搬到揭阳了，汕头那张居住证在揭阳管用吗", "445200,440500");
	asks("今年搬到泰州开店，盐城那个居住证要不要退", "320900");
	asks("原来在洛阳上班，如今在开封，洛阳居住证没到期，要换吗", "410200,410300");
	asks("去年从泰州搬到盐城，泰州那张居住证找不着了，想补一张", "321200");
	asks("从本溪到抚顺，住在望花，我在本溪有居住证，能不能直接转过来", "210404,210500");
	asks("去年从本溪调到抚顺，拿本溪的证用行吗", "210400,210500");
	asks("居住证在厦门思明办的，如今搬到集美，是去思明改还是集美改", "350203,350211");
	asks("他是四川广元，我是湖北随州，现住江西赣州，居住证怎么办", "360700");
	asks("以前在莆田，莆田的居住证不想要了，想在泉州办一个", "350500");
	asks("上海的居住证不要了怎么办", "310000");
	asks("cong suzhou banjia dao changzhou juzhuzheng zenme ban", "320400");
}

static void slips(void)
{
	asks("乌鲁齐居住证怎么办", "650100");
	asks("在宜昌看三峡门票要居住证吗", "420500");
	asks("在海口石山景区上班", "460100");
	asks("我家张口就是居住证", "");
	asks("石庄家居住证怎么办", "130100");
	asks("丛佛山搬到厦门,居住证怎么办", "350200");
	asks("蚌阜市居住证怎么办", "340300");
	asks("yiwu de juzhuzheng", "330782");
	asks("weinan juzhuzheng duojiu", "610500");
	asks("zhe ge weinan juzhuzheng", "");
	asks("qingdao shibei qu juzhuzheng zenme ban", "370203");
	asks("zai suzhou suixi xian ban jzz", "320500");
	asks("huaibei suixi xian juzhuzheng", "340621");
	asks("wuxi zhuan dao suzhou juzhuzheng", "320500");
	asks("wo zhiqian zai xiamen xianzai zai quanzhou juzhuzheng zenme ban", "350500");
	asks("pengyou zai xiamen wo zai quanzhou, quanzhou juzhuzheng zenme ban", "350500");
	asks("qingwen xinyang shi juzhuzheng zenme ban", "411500");
	asks("xian juzhuzheng duojiu", "610100");
	asks("xian ban juzhuzheng", "");
	asks("dalian jinzhou juzhuzheng", "210213");
	asks("luohu juzhuzheng", "");
	asks("wo zai dongli shangban, juzhuzheng zenme ban", "120110");
	asks("wozaicixi dagong, juzhuzheng zenme ban", "330282");
	/* Where somebody comes from, in letters and in catchwords. */
	asks("hukou zai sichuan, ren zai jiaxing, jiaxing juzhuzheng zenme ban", "330400");
	asks("wo shi hunan hengyang ren, zai foshan kai jianzhu gongsi", "440600");
	asks("居住证 武汉 户口湖南岳阳", "420100");
	asks("居住证 珠海市 江西户籍", "440400");
	asks("河南人 太仓 居住证", "320585");
	asks("鼓楼 南京 居住证办理处", "320106");
}

static void misspelt(void)
{
	asks("抗洲俞杭居住证", "330110");
	asks("深镇宝按", "440306");
	asks("成都武候区", "510107");
	asks("正州西按居住证时间比一比", "410100,610100");
	asks("凭居住证能换护照通行证吗", "");
	asks("正好办完社保再办居住证", "");
	asks("这里办居住证吗", "");
	asks("太安全了", "");
	asks("办成都要多久", "");
	asks("想在成嘟买房", "510100");
	asks("常杀办居住证要多久", "430100");
	asks("东菀居住证", "441900");
	asks("居住证鄂尔哆斯能网上办吗", "150600");
	asks("我在大兴鞍岭打工，居住证到期了咋办", "232700");
	asks("大兴安全吗，居住证怎么办", "110115");
	asks("赣粥居住证编号怎么查", "360700");
	asks("海南周末能办居住证吗", "460000");
	asks("我跟老公在苏州市山东路附近开店，能办居住证吗", "320500");
	asks("我在诚都打工", "510100");
	asks("蛤尔滨注册建筑公司要多少钱", "230100");
	/* A misspelt city before its district, and a misspelt district beside another one. */
	asks("呼和浩待玉权区居住证", "150104");
	asks("绵洋三台县居住证", "510722");
	asks("襄阳的樊城区和襄洲区，居住证都在哪办", "420606,420607");
	asks("武汉江岸和桥口居住证", "420102,420104");
	asks("朝羊居住证编号怎么查", "110105");
	asks("我在余瑶打工，居住证到期了咋办", "330281");
	asks("瑞离市居住证编号怎么查", "533102");
	asks("高龄补贴一个月多少", "");
	asks("启动这个程序", "");
	asks("信息来源都有哪些", "");
	asks("长三脚居住证互认吗", "cluster:yangtze_delta");
	asks("随身办里怎么查居住证", "310000");
}

/* One wrong character of a short name: by sound, or by its looks, where a place stands. */
static void misread(void)
{
	asks("湛汪居住证怎么办", "440800");
	asks("我在洛阴打工，居住证要办吗", "410300");
	asks("湘谭居住证", "430300");
	asks("佛三的居住证多久", "440600");
	asks("在义屋办居住证", "330782");
	asks("想问江荫居住证怎么续", "320281");
	asks("番偶居住证", "440113");
	asks("我在江下上班，居住证咋办", "420115");
	asks("双丫山居住证怎么续", "230500");
	asks("衡阳衡董居住证", "430424");
	asks("遵意安全生产许可证", "520300");
	asks("湛汪注册建筑公司", "440800");
	asks("咱烟抬这边居住证几天", "370600");
	asks("在横亲开公司要居住证吗", "area:hengqin");
	asks("贵州规定居住证要几天", "520000");
	asks("青岛台东那边居住证怎么办", "370200");
	asks("下周四会下来吗，居住证", "");
	asks("规定还是全国的居住证", "");
	asks("阿拉想办居住证，哪能弄", "");
	asks("在石家村办居住证", "");
	/* What is a word, and what stands where no place does. */
	asks("湛汪这个人我认识", "");
	asks("来宁渡上班，居住证去哪领", "");
	asks("在苹果手机上办居住证", "");
	asks("孕妇居住证怎么办", "");
	asks("我的居住证别人拿去办事怎么办", "");
	asks("印错了给我重做", "");
	asks("延迟居住证的签注", "");
	asks("下午安全考试要居住证吗", "");
	asks("在县城办居住证", "");
	asks("同城居住证要换吗", "");
	asks("全国各城市居住证", "");
	asks("我所在的城市居住证怎么办", "");
	asks("开户行在哪，居住证要用", "");
}

static void put_aside(void)
{
	asks("不是北京，我人在天津武清，查到的全是北京的", "120114");
	asks("洛阳不考虑了，郑州和徐州哪个快", "410100,320300");
	asks("北京！！不对是天津的", "120000");
	asks("昆山的证丢啦，人现在在太仓，还得回昆山不", "320583");
	asks("除北京外哪里好办", "");
	asks("俺是周口嘞现在在郑州，居住证咋查", "410100");
	asks("我是贵州毕节的 在宁波上班", "330200");
	asks("咱东北银儿，这个证要办不", "");
	asks("我在杭州上班的朋友说三天，我是在绍兴柯桥交的", "330603");
	asks("在长沙办的证，调到株洲上班了", "430200");
	asks("原先在大连干活，眼下挪到威海了", "371000");
	asks("从福州→柳州鱼峰，居住证要重办吗", "450203");
	asks("北京转天津，居住证怎么办", "120000");
	asks("我住金水区，离中原区的派出所更近", "410105");
	asks("在郑州的居住证到洛阳能用吗", "410100,410300");
	asks("澳门居民在珠海", "440400");
	asks("户籍湖南常德，居住地广东佛山", "440600");
	asks("没有上海户口能办居住证吗", "310000");
}

/* Whose people they are is where they come from. */
static void people(void)
{
	asks("台湾学生能办居住证吗", "");
	asks("我们有个澳门的同事，居住证怎么申请", "");
	asks("香港青年在前海上班，居住证去哪办", "area:qianhai");
	asks("温州商人在拉萨办居住证", "540100");
	asks("爱人是绵竹的，我们都在德阳，居住证怎么办", "510600");
	asks("我屋头是遂宁的，在内江上班，居住证咋个办", "511000");
	asks("东莞!!不是，应该是惠州，居住证怎么办", "441300");
	asks("居住证是去年在长沙岳麓办的，现在去签注还来得及吗", "430104");
	asks("我的居住证是上海的", "310000");
	asks("在澳门能办居住证吗", "820000");
	asks("我香港的😊居住证要几天", "");
	asks("台湾女婿在武夷山，居住证咋办", "350782");
	asks("去澳门的签注要多久", "");
	asks("台湾外婆来三明住半年，居住证能办吗", "350400");
	asks("宝爸是湖北人，在中山，居住证怎么办", "442000");
	asks("俺信阳来嘞，在义乌送快递，居住证咋办", "330782");
	asks("澳门公司想在珠海注册，资质怎么办", "440400");
	asks("本人澳门居民，去年调回澳门，今年又派来中山，居住证怎么算", "442000");
	asks("我屋企喺澳门，想知內地嘅居住證幾耐攞到", "");
	asks("在高雄开店，听说大陆居住证有十八位号码", "");
	asks("香港和内地的居住证有啥不同", "810000");
	asks("大陆人在香港能办居住证吗", "810000");
	asks("residence permit for Taiwanese in Fuzhou", "350100");
	asks("我的ID card是Yunnan的，居住证丢了", "");
}

/* Names right behind each other, or joined, play one part together. */
static void chains(void)
{
	asks("户口在四川南充仪陇，人在昆山，居住证怎么办", "320583");
	asks("原在广东梅州兴宁，如今在东莞，居住证咋办", "441900");
	asks("我是安徽阜阳颍上人，在嘉兴打工，居住证要多久", "330400");
	asks("我老公是甘肃天水秦安的，他在金华义乌，居住证咋办", "330782");
	asks("不是绍兴和金华，是衢州", "330800");
	asks("听说绍兴与金华居住证都能网上办", "330600,330700");
	asks("内蒙和甘肃的居住证能网上办不", "150000,620000");
	asks("以前在泉州和漳州，如今在龙岩，居住证怎么办", "350800");
	asks("一个在青田，一个在龙游，想问青田和龙游的居住证一样吗", "331121,330825");
	asks("宁海县公寓里住着，居住证去哪办", "330226");
}

/* Who gave the card, wherever its owner is. */
static void cards(void)
{
	asks("卡是德州的，我人在苏州，医保密码怎么重设", "371400");
	asks("我妈在无锡住院，滁州的卡，医保密码不记得了怎么办", "341100");
	asks("医保卡是衢州发的，密码忘了，现在在南京，怎么改", "330800");
	asks("医保卡被锁了，在常州哪里解锁，卡是淮安的", "320800");
	asks("宿州参保 人在昆山 医保密码", "341300");
	asks("我老家医保在咸宁参保，现在在杭州上班，医保卡密码锁了咋办", "421200");
	asks("我的医保卡是六安的，老公的是安庆的，密码都忘了，在哪重置", "341500,340800");
	asks("芜湖的医保卡在合肥能改密码吗", "340200,340100");
	asks("西安医保卡密码去哪查，在雁塔妇幼排队呢", "610100");
}

/* What is over is not asked about, though something is done anew. */
static void over(void)
{
	asks("公司原在株洲，已迁至湘潭，要重新办安全生产许可证吗", "430300");
	asks("去年我还在金华上班，居住证也是那边办的，今年公司调我到丽水，丽水重新申领要住满半年吗",
	     "331100");
	asks("在江苏徐州住，中间去过山东临沂半年，居住证要重新签注吗", "320300");
	asks("前年在泸州办过居住证，去年去了自贡，今年回泸州，居住证怎么续", "510500");
	asks("去过海南也去过青海，从来没办过居住证，有什么用", "");
	asks("前年在温州干活，去年又跑嘉兴，今年跟老乡来了舟山，居住证舟山这边办得下来不",
	     "330900");
	asks("威海那张居住证早就过期了，现在想在日照重新办一张", "371100");
	asks("在保定做了半年，下个月去沧州，保定的证我不要了，是从头算，还是交合同就给办",
	     "130900");
	asks("听同乡说他们说柳州办得快，我在梧州，想问梧州这边办居住证要几个月", "450400");
	asks("拿着洛阳的居住证去开封报名，说不行，那我在开封办一张要多久", "410200");
	asks("小时候在甘肃长大，居住证丢了怎么补", "");
}

static void nicknames(void)
{
	asks("星城这边的居住证哪儿看", "430100");
	asks("哈市的居住证", "230100");
	asks("在厦办居住证", "350200");
	asks("在北滘上班，居住证去哪办", "440606");
	asks("我在博州，居住证咋办", "652700");
	asks("巴州库尔勒居住证", "652801");
	/* A district that only bears the name of what is meant. */
	asks("武汉东湖居住证", "420100");
	asks("我在深圳福田下沙上班，居住证去哪办", "440304");
	asks("sh jzz zenme ban", "310000");
	asks("宝石市场", "");
	asks("今天津贴发了吗", "");
}

/* Counties go by their bare names, also where those are words, if a place can stand there. */
static void bare_counties(void)
{
	asks("我在高邮打工，居住证去哪办", "321084");
	asks("会泽居住证怎么续", "530326");
	asks("听说平度的居住证能网上办", "370283");
	asks("在石门上班要办居住证吗", "430726");
	asks("桃源居住证", "430725");
	asks("我住平定，居住证丢了", "140321");
	asks("想问开原居住证要多久", "211282");
	asks("我来兴国开公司，居住证怎么弄", "360732");
	asks("延长居住证的有效期", "");
	asks("这个名字听起来挺石门的", "");
	asks("我在合肥上班，在滨湖住，居住证去哪办", "340100");
	asks("音乐平台和中文登记的居住证", "");
	asks("采集安排在周末吗，居住证", "");
}

/* Names of places that few people mean stand in words that everybody uses. */
static void inside_words(void)
{
	asks("短信都没收到，居住证批没批", "");
	asks("居住证的新密码怎么设", "");
	asks("让人天天等电话的居住证", "");
	asks("人力资源公司能办居住证吗", "");
	asks("提高安全性的居住证", "");
	asks("我哋想喺佛山拎张居住证", "440600");
	asks("在新密办居住证", "410183");
	asks("资源县的居住证", "450329");
	asks("今天天津居住证", "120000");
}

static void limits(void)
{
	char many[4096] = "";
	struct mentions m;

	for (int i = 0; i < 100; i++)
		strcat(many, "上海郑州");
	m = scan(many);
	ok(m.n <= 32, "a list of places is cut at the limit");
	is_int((long long)m.n_targets, 2, "the same place is one target");
	asks("", "");
	asks("？？？", "");
}

int main(void)
{
	world_init(&world);
	arena_init(&arena, 0);
	const struct gazetteer_extra extras[] = {
	    {VIEW("随申办"), region_find(&world.regions, VIEW("310000")), REGION_NAME_APP},
	    /* As everybody calls it: the name stays what it is, or "zz" would stand for nothing. */
	    {VIEW("郑州"), region_find(&world.regions, VIEW("410100")), REGION_NAME_NICKNAME},
	};
	gazetteer = gazetteer_new(&world.regions, &world.catalog, extras, 2);
	terms = term_table_new(&world.catalog);
	names();
	several();
	shared_names();
	roles();
	short_names();
	by_sound();
	in_letters();
	overlapping();
	misspelt();
	misread();
	stories();
	things();
	slips();
	put_aside();
	people();
	chains();
	cards();
	over();
	nicknames();
	bare_counties();
	inside_words();
	limits();
	ok(gazetteer_bytes(gazetteer) < 8u << 20, "the gazetteer fits in 8 MiB");
	gazetteer_free(gazetteer);
	gazetteer_free(NULL);
	term_table_free(terms);
	arena_done(&arena);
	world_done(&world);
	return done();
}
