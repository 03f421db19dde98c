/* SPDX-License-Identifier: Apache-2.0 */
/* mention.c - which places a question names; of which of several it asks: focus.c. */
#include "nlu-places.h"

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
	asks("京沪两地的居住证", "110000,310000");
	asks("广深两地的居住证", "440100,440300");
	asks("推广深圳居住证", "440300");
	asks("建筑企业进疆备案", "650000");
	asks("进深几米能办居住证", "");
	asks("苏州🆚上海 居住证", "320500,310000");
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
	asks("东莞石龙镇的公司，去石龙哪里办居住证", "441908");
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
	asks("北京烤压店的员工办居住证要什么", "");
	asks("桂林米份店打工能办居住证不", "");
	asks("北京烤火费在居住证上写吗", "110000");
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
	asks("dg jifen ruhu tiaojian", "441900");
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
	asks("Suzhou Industrial Park的居住证怎么办", "320571");
	asks("xi'an yanta qu luohu yao shenme", "610113");
	asks("cs yuelu 区 juzhuzheng", "430104");
	asks("zai huli qu bu shi haicang", "350206");
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
	asks("wo shi anhui bengbu de, zai haining ban jzz", "330481");
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
	/* … but not what stands apart, or has a thing of its own. */
	asks("代办 成都", "510100");
	asks("居住登记怎么弄 成都", "510100");
	asks("办成都的居住证", "510100");
	asks("怎么办成都居住证", "510100");
	asks("办成 都要多久", "");
	asks("事情办成都谢谢您", "");
	asks("今天 津津有味", "");
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
	asks("枞杨县居住证怎么办", "340722");
	asks("在枞杨县办居住证", "340722");
	asks("绳池县医保怎么报销", "411221");
	/* Of two signs one, if the other sounds the same and is none of the commonest. */
	asks("悠县居住证怎么办", "430223");
	asks("槽县居住证", "371721");
	asks("邻县居住证也能用吗", "");
	asks("本县居住证怎么办", "");
	/* A word, behind its province. */
	asks("广西白色医保余额怎么查", "451000");
	asks("白色医保卡是什么", "");
	asks("大城市居住证怎么办", "");
	asks("同城市居住证怎么办", "");
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
	asks("海宁长安镇居住证", "330481");
	asks("东莞长安镇居住证", "441904");
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

/* What is left of a county's name, and counties few mean, count behind the city they lie in. */
static void counties_behind_cities(void)
{
	asks("阜阳太和这边居住证咋办", "341222");
	asks("我在阜阳上班,住到太和了,居住证去哪办", "341222");
	asks("我在太和上班,居住证去哪办", "");
	asks("青岛市北办居住证要几天", "370203");
	asks("guilin yangshuo juzhuzheng zenme ban", "450321");
	asks("wo zai hefei feixi shangban, juzhuzheng qu na ban", "340123");
	/* fuyang is 富阳 too: what stands behind it says which one is meant. */
	asks("fuyang taihe juzhuzheng", "341222");
	asks("feixi juzhuzheng zenme ban", "340123");
	asks("gaosu wo feixi juzhuzheng zenme ban", "340123");
	asks("zai jia li ban juzhuzheng", "");
}

/* Two characters that have changed places, a mark in a name, a word that sounds like a place. */
static void slips_in_short_names(void)
{
	asks("汉武居住证怎么续", "420100");
	asks("在都成上班,居住证去哪办", "510100");
	asks("在海上看日出要居住证吗", "");
	asks("在海上有没有信号,居住证能用吗", "");
	asks("搬家了还在州杭,居住证要审吗", "330100");
	asks("上,海居住证多久下来", "310000");
	asks("我在深.圳上班,居住证怎么办", "440300");
	asks("绍兴诸、暨居住证怎么补", "330681");
	asks("昆，明的居住证和大理的哪个快", "530100,532900");
	asks("石家庄巧西居住证", "130104");
	asks("早上,海边有人查居住证", "");
	asks("义务居住证去哪办", "330782");
	asks("我在义务上班,居住证去哪办", "330782");
	asks("在义务市办居住证", "330782");
	asks("浙江义务办居住证", "330782");
	asks("yiwujuzhuzheng zenme ban", "330782");
	/* What people ask about beside the matters says as much. */
	asks("yiwu jifen luohu duoshao fen", "330782");
	asks("zhengding xian zai na ban juzhuzheng", "130123");
	asks("rushan mai le fang, luohu zenme ban", "371083");
	asks("taicang gongsi gei wo jiao de shebao, zenme cha", "320585");
	asks("changshu he zhangjiagang, na ge luohu rongyi", "320581,320582");
	asks("安康 医保 异地备案", "610900");
	asks("集美落户要几年", "350211");
	asks("平安社保怎么查", "");
	asks("哈尔宾灵活就业一个月交多少", "230100");
	asks("办居住证是义务还是权利", "");
	asks("成度和重庆的居住证通用吗", "510100,500000");
	asks("鹏成居住证在手机上弄不", "440300");
	asks("这条消息来源都有哪些,居住证", "");
	asks("恩士申请居住证的条件", "422800");
	asks("厦们集美居住证换地址", "350211");
	asks("北方城市和南方城市的居住证", "");
	/* Half of a syllable is enough where nothing but a city can stand. */
	asks("长少望成区居住证", "430112");
	asks("常孰和昆山的居住证哪个快", "320581,320583");
	asks("徐州沛线居住证", "320322");
	asks("武汉红山区居住证", "420111");
	asks("杭州余行区居住证", "330110");
	asks("杭州老城区居住证", "330100");
	asks("青岛城羊居住证", "370214");
	asks("三水和高明的居住证", "440607,440608");
	asks("徐州有线电视", "320300");
	asks("绑定医保卡怎么弄", "");
	asks("随迁落户要什么材料", "");
	asks("集中办居住证", "");
	asks("苹果居住证怎么弄", "");
	asks("保安居住证怎么办", "");
	asks("在长少落户要什么条件", "430100");
	asks("合服居住证怎么申请", "340100");
	asks("在合服上班,居住证去哪办", "340100");
	asks("在合服务区办居住证", "");
	asks("去大厅办居住证要取号吗", "");
	asks("公安那边审核完居住证了吗", "");
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

/* What only bears the name of a place is none; but whoever is there is. */
static void borne_names(void)
{
	asks("爱吃东台鱼汤面，居住证怎么办", "");
	asks("卖岷县当归的，居住证怎么办", "");
	asks("卖上海房子要居住证吗", "310000");
	asks("沈阳鸡架店的员工办居住证", "");
	asks("西安到宝鸡，居住证怎么办", "610100,610300");
	asks("哈密瓜店的居住证", "");
	asks("给南通四建干活，要居住证吗", "");
	asks("温州皮鞋厂上班，居住证怎么办", "330300");
	asks("赤壁之战，居住证", "");
	asks("云南白药能刷医保卡吗，居住证呢", "");
	asks("云南的白药厂，居住证怎么办", "530000");
	asks("老北京布鞋店的员工办居住证", "");
	asks("看到兰州百合和库尔勒香梨，居住证有效期几年", "");
	asks("江苏镇江香醋店的员工办居住证", "");
	asks("我在江苏宜兴紫砂厂，居住证怎么办", "320282");
	asks("哈尔滨红肠店员工问哈尔滨居住证", "230100");
	asks("烟台 苹果手机能办居住证吗", "370600");
	asks("东阿阿胶能报销吗，居住证呢", "");
	asks("东阿阿胶厂在东阿，居住证去哪办", "371524");
	asks("老娘爱喝西湖龙井，居住证怎么办", "");
	asks("西安事变那年出生的，居住证怎么办", "");
	asks("在西安排队办居住证", "610100");
	asks("江山易改，居住证怎么办", "");
	asks("我恍然大悟，居住证要签注", "");
	asks("老张家口音重，居住证怎么办", "");
	asks("在张家口音乐节上班，居住证怎么办", "130700");
	asks("高平米数的房子能登记几个居住证", "");
	asks("市政和园林的居住证", "");
	asks("政和居住证", "350725");
	asks("家里朝阳的主卧租出去了，租客的居住证", "");
	asks("我在朝阳的房子租给别人，居住证怎么办", "110105");
	asks("中山装修公司办居住证", "442000");
	asks("ningbo yinhang qiantai keyi gai yibao mima ma", "");
	asks("shaxian xiaochi kai zai putian, ban juzhuzheng yao hetong ma", "350300");
}

/* People are called like places. */
static void persons(void)
{
	asks("我在舟山普陀区上班，普陀区居住证怎么办", "330903");
	asks("朝阳区居住证怎么办，我住长春朝阳区", "220104");
	asks("甘肃白银的医保怎么交", "620400");
	asks("wo laojia jiangxi yichun, zai ningbo shangban, juzhuzheng zenme ban", "330200");
	asks("灵邱县居住证怎么办", "140224");
	asks("在邱县上班，居住证怎么办", "130430");
	asks("横县居住证怎么办", "450181");
	asks("我在中山大学读书，居住证怎么办", "");
	asks("我在中山上班，居住证怎么办", "442000");
	asks("房东张海宁不签字，居住证怎么办", "");
	asks("本人李东阳，居住证丢了", "");
	asks("赵长春经理让我来办资质", "");
	asks("网格员李德阳上门登记，居住证能代办吗", "");
	asks("找了法定代表人周海宁签字", "");
	asks("材料交了，罗永康老师说还要照片", "");
	asks("网上海量的信息看不过来", "");
	asks("拆迁安置房能落户吗", "");
	asks("我是马鞍山的居住证", "340500");
	asks("朋友于上海办的居住证", "310000");
	asks("房东白银的居住证", "620400");
	asks("我叫王大连，居住证上印成了王大莲", "");
	asks("我同事叫高阳，居住证上打成了高扬", "");
	asks("有个地方叫慈溪，居住证怎么办", "330282");
	asks("老板叫我回佛山办居住证", "440600");
	asks("公司全称是“上海宏图建设”，居住证怎么办", "");
	asks("怎么填“上海居住证”的编号", "310000");
	asks("在佛山打工，月底要回广西生孩子，居住证能提前续吗", "440600");
	asks("我河南的 在上海办居住证", "310000");
	asks("在南充户口咋上，居住证呢", "511300");
	asks("呼伦贝尔农民工工资要居住证吗", "150700");
	asks("i莞家申请的居住证", "441900");
	asks("开的是长安牌面包车，居住证", "");
	asks("隔壁住个河南老板，他说居住证要罚款", "");
	asks("女朋友澳门的，她的居住证过期了", "");
	asks("澳门居明的居住证能买车吗", "");
	asks("我的居住证是Macau那种", "");
}

static void ordinary_words(void)
{
	/* Where two words meet. */
	asks("那个旧的居住证怎么办", "");
	asks("装修水电改造要资质吗", "");
	asks("房东会同意办居住证吗", "");
	asks("孩子长期跟着我，居住证怎么办", "");
	asks("工资中断了居住证怎么办", "");
	asks("平台安全吗，居住证", "");
	asks("房东至今不签字，居住证怎么办", "");
	asks("公积金水平影响居住证吗", "");
	asks("店长安排我办居住证", "");
	asks("西安市长安区居住证", "610116");
	asks("东莞市长安镇居住证", "441904");
	asks("福州长乐居住证", "350112");
	asks("我家中牟的，居住证怎么办", "");
	asks("学历下限是什么，居住证", "");
	asks("晚上高峰期能办居住证吗", "");
	asks("一周至少去几次，居住证", "");
	asks("高要求居住证", "");
	asks("和政策有关吗，居住证", "");
	asks("市里和县里的居住证一样吗", "");
	asks("和县居住证", "340523");
	asks("在个旧办居住证", "532501");
	asks("子长居住证怎么办", "610681");
	asks("周至居住证怎么办", "610124");
	asks("那我在周至办居住证", "610124");
	asks("属于都江堰的居住证", "510181");
	asks("位于都匀的居住证", "522701");
	asks("我一个人在资中办居住证", "511025");
	asks("信阳光山居住证", "411522");
	asks("北流和平果的居住证", "450981,451082");
	asks("我还在犹豫办不办居住证", "");
	asks("老汉居住证怎么办", "");
	asks("大爷居住证怎么办", "");
	asks("新会员能领居住证吗", "");
	asks("医保定点医院要居住证吗", "");
	asks("在内蒙古包头办居住证", "150200");
	asks("派出所太远，居住证能网上办吗", "");
	asks("还在武汉，上头的居住证地址怎么改", "420100");
	asks("上头说要居住证", "");
	asks("老两口居住证怎么办", "");
	asks("心想居住证怎么这么慢", "");
	asks("在扫兴和高兴之间，居住证", "");
	asks("在日照重新办居住证", "371100");
	asks("单县有没有居住证自助机", "371722");
	asks("老城区有没有居住证自助机", "");
}

/* Where nothing but a place stands, letters are enough even for a county. */
static void counties_in_letters(void)
{
	asks("jiashan nali ban juzhuzheng", "330421");
	asks("juzhuzheng diu le zai nali bu, wenling", "331081");
	asks("juzhuzheng zenme ban, xinxiang", "410700");
	asks("wo zai jiashan, juzhuzheng zenme ban", "330421");
	asks("wo zai jiashan shangban, juzhuzheng zenme ban", "330421");
	asks("wo zai yiyuan, juzhuzheng zenme ban", "");
	asks("zhengzhou he xinxiang, juzhuzheng nabian kuai", "410100,410700");
	asks("居住证能walk-in吗，Tongxiang这边", "330483");
	asks("guiding nali ban juzhuzheng", "");
	asks("weixin neng ban juzhuzheng ma", "");
	asks("zhifu yao juzhuzheng ma", "");
	asks("ben ren qu ban ma, juzhuzheng", "");
	asks("luo hu yao juzhuzheng ma", "");
	asks("wo zai nanjing lu buxingjie, juzhuzheng zenme ban", "");
	asks("dao beijing lufei duoshao, juzhuzheng", "110000");
	asks("juzhuzheng shi 15 wei haishi 18 wei", "");
	asks("wei hai shi juzhuzheng", "371000");
	asks("weihai shi juzhuzheng", "371000");
	asks("nanjing ban an juzhuzheng", "320100");
	asks("juzhuzheng ka shi nanning ban de", "450100");
	/* A part behind its city, which is a word itself; in one run, too. */
	asks("changde li xian juzhuzheng", "430723");
	asks("rizhao wulian juzhuzheng zenme ban", "371121");
	asks("dezhoulaoling juzhuzheng zenme ban", "371481");
	asks("zhoukoushenqiu juzhuzheng", "411624");
	asks("rizhao shiye baoxian zenme ling", "371100");
}

/* What people write short, glued to a name or in front of it. */
static void short_forms(void)
{
	struct question q;

	asks("heyuanjzzqianzhuyaobenrenqume", "441600");
	asks("heyuanybkmimawangle", "441600");
	asks("qingdaoybzenmejiao", "370200");
	asks("kunshansbkzainaling", "320583");
	asks("jzzheyuanzenmeban", "441600");
	asks("changdejzzzenmeban", "430700");
	asks("dezhoulaolingjzz", "371481");
	asks("szjzzzenmeban", "440300");
	asks("sjzjzzqianzhu", "130100");
	asks("maybe juzhuzheng", "");
	asks("kunshan yb zenme jiao", "320583");
	ok(read_question("heyuanjzzzenmeban", &q), "a question in one run");
	is_int((long long)q.sounds.n, 6, "is cut into its syllables and what is written short");
	ok(!q.sounds.items[2].syllable && q.sounds.items[2].end == 9, "... which is a break");
	is_int(sounds_word_end(&q.sounds, &q.text, 0), 6, "a word ends where it begins");
	is_int(sounds_word_end(&q.sounds, &q.text, 6), 9, "... and another one behind it");
	is_int((long long)q.terms.n, 1, "... and is a term, though it is no whole run");
	ok(read_question("maybe", &q) && q.sounds.n == 1, "the piece of a word is none");
	ok(read_question("sbk", &q) && q.sounds.n == 1, "alone it is as it was");
}

/* What is asked about stands behind a name in letters. */
static void things_in_letters(void)
{
	asks("changde gongsi zhuxiao yao duo jiu", "430700");
	asks("datong qiye zizhi shengji", "140200");
	asks("wo xiang zhuxiao changde gongsi", "430700");
	asks("xiang ban xian juzhuzheng", "610100");
	asks("dazhu gongsi zhuxiao yao duo jiu", "511724");
	asks("gongsi bu jiao shebao zenme ban", "");
	asks("wo gongsi zai kunshan, juzhuzheng", "320583");
	asks("xiangyang yichang juzhuzheng buban dou yao duoshao qian", "420600,420500");
	asks("qingdao, yantai, weihai san ge difang luohu tiaojian", "370200,370600,371000");
	/* Insured there, treated elsewhere. */
	asks("laojia xuanhan de yb neng zai chongqing zhuyuan bao ma", "511722");
	asks("xuanhan de yibao zai chongqing neng yong ma", "511722");
	asks("wo de yb shi mianyang de, zai chengdu zhuyuan zenme bao", "510700");
	asks("laojia xuyi yb zai nanjing zhuyuan bao duoshao", "320830");
	asks("zunyi de yibao zai guiyang kanbing neng bao ma", "520300");
	asks("bijie yb zai hangzhou baoxiao", "520500");
	asks("zai bijie zhuyuan, yibao zenme bao", "520500");
}

/* What sounds like a place and is none. */
static void words_in_letters(void)
{
	asks("youxian gongsi zenme zhuce", "");
	asks("youxian zeren gongsi", "");
	asks("youxiangongsi zhuce", "");
	asks("zhuzhou youxian juzhuzheng", "430223");
	asks("yiqi ban juzhuzheng xing ma", "");
	asks("jianli gongsi zizhi", "");
	asks("chengxiang jumin yibao", "");
	asks("putian chengxiang juzhuzheng", "350302");
	asks("bama dou lai le zenme ban juzhuzheng", "");
	asks("liucheng shi shenme, juzhuzheng", "");
	asks("quancheng wangshang ban juzhuzheng keyi ma", "");
	asks("youxian ban juzhuzheng", "");
	/* Words are whole here, so that a blank does not part a name. */
	asks("zhengzhou juzhuzheng yao dai na ji yang zhengjian", "410100");
	asks("women chang zai huizhou, chang li xiang kai zhusu zhengming", "441300");
	asks("kun shan de juzhuzheng zenme qianzhu", "320583");
	/* Dishes and streets. */
	asks("yangzhou chaofan dian li de fuwuyuan neng ban juzhuzheng ma", "");
	asks("beijing dong lu zenme yuyue juzhuzheng", "");
	asks("zai nanjing lu zhu, juzhuzheng qu na ban", "");
	/* As who does not know better reads it, and with what parts syllables. */
	asks("dezhou leling yibao mima", "371481");
	asks("gu'an xian juzhuzheng", "131022");
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
	strcpy(many, "我在无锡买房，");
	for (int i = 0; i < 80; i++)
		strcat(many, "真好，");
	strcat(many, "南京居住证怎么办，");
	for (int i = 0; i < 80; i++)
		strcat(many, "谢谢，");
	asks(many, "320100");
	asks("", "");
	asks("？？？", "");
}

/* A household that is to be had is asked about; where somebody has theirs only tells who asks. */
static void households(void)
{
	asks("上海户口难不难拿", "310000");
	asks("怎么才能拿到北京户口", "110000");
	asks("大专落深户难吗", "440300");
	asks("沪籍宝宝上户口要带什么", "310000");
	asks("西安户籍怎么迁入", "610100");
	asks("长兴县户口迁移", "330522");
	asks("我是长兴户口，迁移居住证怎么办", "");
	asks("长沙户口好不好落", "430100");
	asks("荆门钟祥市农村户口能迁回去吗", "420881");
	asks("入户口 佛山", "440600");
	asks("我人在北京，天津的户口好落吗", "120000");
	asks("苏州户口 本科 落户 条件", "320500");
	asks("cs yuelu 区 户口 qianru, yuanlai zai 湘潭", "430104");
	asks("河南户口在哪查居住证编号", "");
	asks("河北户口怎么办居住证", "");
	asks("我老公是上海户口，我能随迁落户吗", "310000");
	asks("江西户口的人怎么办厦门居住证", "350200");
	asks("四川户口想迁入重庆难不难", "500000");
	asks("北京户籍新政是什么", "110000");
	asks("河北的施工队进京要备案吗", "110000");
	asks("昆山户政能办居住证吗", "320583");
	asks("昆山乡下能办居住证吗", "320583");
	asks("我河南乡下的，在苏州打工，居住证", "320500");
	asks("作为新苏州人，居住证怎么续", "320500");
	asks("新乡人在郑州办居住证", "410100");
	asks("湖南户口能不能直接落深圳", "440300");
	asks("没迁户口 老家信阳 现住苏州 居住证", "320500");
	asks("江西户口本丢了，在深圳能补吗", "440300");
	asks("孩子户口能不能落在唐山，我是唐山路南区户口", "130202");
	asks("户口已经迁到西安了，想迁回渭南老家可以吗", "610500");
	asks("落沪要社保吗，想落到兰州", "620100");
	asks("积分落沪要几年社保", "310000");
}

/* What is parted, spelt or cut differently. */
static void seams(void)
{
	asks("青海西宁城东区居住证怎么办", "630102");
	asks("陕西安康居住证", "610900");
	asks("杭*州 居住证 怎么办", "330100");
	asks("广~~州居住证怎么续", "440100");
	asks("深-圳-南-山 居住证", "440305");
	asks("武·汉·洪·山 居住证去哪领", "420111");
	asks("zai kashi市 shangban, juzhuzheng zenme ban", "653101");
	asks("zai shaoxing keqiao区 juzhuzheng", "330603");
	asks("hui laojia henan lankao, lankao yibao zenme jiao", "410225");
	asks("suzhou和wuxi的居住证", "320500,320200");
	asks("星城租房能落户吗", "430100");
	asks("日照补居住证要多久", "371100");
	asks("日照多久能办好居住证", "371100");
	asks("我妈在遵义看病，医保是我们习水县的，能报吗", "520330");
	asks("孩子在贵阳看病，医保还是老家毕节的，能报吗", "520500");
	asks("我家在榆林，医保也在这里，要去西安做手术，怎么备案", "610800");
	asks("老家在延安，医保也在延安，医生建议转到西安的儿童医院，怎么转", "610600");
	asks("我老公户口在耒阳，我想迁过去跟他一起", "430481");
	asks("我户口在老家信阳，现在单位让转过去", "");
	asks("我妈妈户口在梧州，户口被注销了怎么办", "450400");
	asks("我老公是南宁户口，我外地的，要办居住证吗", "450100");
	asks("婆婆是河南户口，来和我同住，要办居住证吗", "");
	asks("平潭的公司想迁到长乐，税务迁移和执照变更哪个先办", "350112");
	asks("平潭和长乐哪个办居住证快", "350128,350112");
	asks("我问的是【余干县】不是【余江区】！！社保卡哪里换", "361127");
	asks("苏州居住证上海用", "320500,310000");
	asks("苏州医保卡上海用", "320500");
	asks("单位在玉树州囊谦县，医保也在县里交，今年被派到西宁进修，住院要备案吗", "632725");
	asks("渝北江北积分对比", "500112,500105");
	asks("城关区七里河居住证", "620102,620103");
	asks("江北居住证怎么办", "");
	asks("台中的长辈想在平潭领居住证，要本人到场吗", "350128");
	asks("额屋里在咸阳，想开个羊肉泡馆子，执照咋弄哩", "610400");
	asks("日照长期居住要办居住证吗", "371100");
	asks("证是在长沙办的，上周搬到了河西，地址要更新吗", "430100");
	asks("从天津和平搬到河西，居住证要改吗", "120103");
	asks("有居住证 办护照 不回老家 兰州", "620100");
	asks("想回老家盐城开个装修公司，要什么资质", "320900");
	asks("回老家河南办了婚礼，现在回上海，居住证过期了怎么办", "310000");
}

/* What people still call a place that was merged or renamed. */
static void former_names(void)
{
	asks("闸北居住证", "310106");
	asks("住在宣武区，居住证去哪办", "110102");
	asks("富阳市居住证怎么弄", "330111");
	asks("在绍兴县办居住证", "330603");
	asks("上海清浦区居住证", "310118");
	asks("济南汇款能办居住证吗", "370100");
	asks("四川/成都/武侯 居住证", "510107");
	asks("苏州/无锡 居住证", "320500,320200");
	asks("厦漳泉居住证通用吗", "cluster:xiazhangquan");
	asks("GZ入户条件", "440100");
}

/* People, firms, streets, sayings: what bears a place's name. */
static void namesakes(void)
{
	asks("我们老板就叫王大连，他不给我交社保", "");
	asks("老板娘叫安吉，安吉说她不管居住证", "");
	asks("我在塑料城打工，居住证怎么办", "");
	asks("在余姚塑料城打工，居住证怎么办", "330281");
	asks("在昆山菜场上班，居住证怎么办", "320583");
	asks("茶叶城上班，居住证怎么办", "");
	asks("我家狗叫大连，办居住证要带吗", "");
	asks("姓名：李海宁 居住证丢了", "");
	asks("除了北京上海，哪里落户容易", "");
	asks("重庆人家火锅店打工，居住证怎么办", "");
	asks("在贵州茅台专卖店当店员，社保谁交", "");
	asks("河南商会的会长说居住证不收钱", "");
	asks("福建商会在广州，居住证能帮办吗", "440100");
	asks("中介夸下海口说三天拿居住证，能信吗", "");
	asks("在海口大同路住，居住证怎么办", "460100");
	asks("桃花都开了，居住证还没下来", "");
	asks("在花都开了家店，居住证怎么办", "440114");
	asks("我住Nanjing Road附近，居住证怎么办", "");
	asks("住在天津路边上，居住证去哪办", "");
	asks("坐京沪高铁上班，要办居住证吗", "");
	asks("厦门航空的空乘，落户怎么弄", "");
	asks("河南大学毕业，居住证积分能加多少", "");
	asks("公司叫北京城建，我在苏州工地上，居住证在哪办", "320500");
	asks("住大连万达旁边，居住证怎么办", "");
	/* 鸭 is 呀, 话 is to say, and 街浪 is in the street. */
	asks("落户成都要什么材料鸭", "510100");
	asks("点解佛山话要有社保先办得居住证", "440600");
	asks("我讲湛江话的，在广州办居住证", "440100");
	asks("昆山街浪哪里能办居住证", "320583");
}

/* misread-part.c: right behind what it lies in little is enough. */
static void misspelt_parts(void)
{
	asks("宁波勤州区积分申请入口在哪", "330212");
	asks("铜陵 纵阳 居住证", "340722");
	asks("信阳黄川居住证要不要房东身份证", "411526");
	asks("三门峡 绳池 居住证 材料", "411221");
	asks("惠州 薄罗 居住证 登记", "441322");
	asks("湖南来阳市落户麻不麻烦", "430481");
	/* What is written is called so elsewhere. */
	asks("湖南彬州医保怎么办", "431000");
	asks("江西福州居住证怎么办", "361000");
	asks("安徽苏州居住证怎么办", "341300");
	asks("常德 礼县 居住证", "430723");
	asks("山东太安居住证怎么办", "370900");
	asks("江西和福州的居住证", "360000,350100");
	asks("江西 福州 居住证有什么区别", "360000,350100");
	asks("哈尔滨道理区居住证", "230102");
	asks("哈尔滨道理居住证", "230100");
	asks("保定全县居住证", "130600");
	asks("杭州城区居住证怎么办", "330100");
	asks("昆明各区居住证怎么办", "530100");
}

/* As everybody calls them. */
static void brief_names(void)
{
	asks("管城区办理居住证", "410104");
	asks("洛阳瀍河区居住证", "410304");
	asks("邯郸峰峰区居住证", "130406");
	asks("前郭县办居住证收费吗", "220721");
	asks("土左旗居住证怎么办", "150121");
	asks("莫旗居住证", "150722");
}

/* Characters that are read in more than one way. */
static void readings(void)
{
	asks("fogang juzhuzheng zenme ban", "441821");
	asks("aletai juzhuzheng zenme ban", "654300");
	asks("zai kashi shangban zenme ban juzhuzheng", "653100");
	asks("xianyang qindu juzhuzheng", "610402");
	asks("taiyuan wanbailin qu juzhuzheng", "140109");
	asks("shifang juzhuzheng zenme ban", "510682");
	asks("shebao ka mima suo le, ka shi nanchang ban de", "360100");
	asks("医保卡密码忘了，卡是徐州办的", "320300");
}

/* Of a long name, one character says little. */
static void long_names(void)
{
	asks("鄂尔多期的安全生产许可证怎么延期", "150600");
	asks("巴彦卓尔医保卡密码忘了", "150800");
	asks("乌兰查布集宁居住证", "150902");
	asks("克拉玛衣居住证", "650200");
	asks("石家装居住证怎么办", "130100");
	asks("大兴安全吗，居住证怎么办", "110115");
	asks("巴彦居住证", "230126");
}

int main(void)
{
	places_init();
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
	slips();
	nicknames();
	bare_counties();
	counties_behind_cities();
	slips_in_short_names();
	inside_words();
	borne_names();
	persons();
	ordinary_words();
	counties_in_letters();
	short_forms();
	things_in_letters();
	words_in_letters();
	limits();
	ok(gazetteer_bytes(gazetteer) < 8u << 20, "the gazetteer fits in 8 MiB");
	households();
	seams();
	former_names();
	namesakes();
	misspelt_parts();
	brief_names();
	readings();
	long_names();
	places_done();
	return done();
}
