// Writes server/src/accounts/common_passwords.txt: words that open doors everywhere, alone and with the tails people add.
// A list of our own: the well-known heads are typed here, the rest follows from rules. Run it again after changing a rule.
import { writeFileSync } from 'node:fs'

const heads = `password passwd pass admin administrator root user guest test demo login welcome letmein master system manager server
qwerty qwert qwer asdf asdfgh zxcvbn zxcv abc abcd abcdef iloveyou love sunshine princess dragon monkey football baseball superman
batman shadow michael jordan killer hello charlie freedom whatever trustno1 starwars computer internet secret access mustang
woaini woaiwojia woaini1314 wodemima mima mimashi nihao nimabi caonima zhongguo china beijing shanghai guangzhou shenzhen chongqing
chengdu hangzhou nanjing wuhan jiangxi nanchang baobao baobei laogong laopo mama baba wojia zhang wang zhao chen liu yang huang
xiaoming xiaohong taobao alipay weixin wechat qq tencent baidu huawei xiaomi apple iphone samsung
nuanyang liushou ertong guanai guanaiertong liushouertong minzheng minzhengju xuexiao laoshi zhuren cunwei cunweihui shequ xiangzhen
zhengfu fupin jiaoyu jiaoyuju guangongwei fulian gongzuo bangong yonghu guanli guanliyuan ceshi
aini woai tianxia kuaile xingfu jiankang pingan fafa facai gongxi meili yuanyuan lele mimi dandan`.split(/\s+/) // prettier-ignore
const digits = ['1', '12', '123', '1234', '12345', '123456', '1234567', '12345678', '123456789', '1234567890', '0', '00', '01', '11', '111', '888', '8888', '666', '6666', '168', '520', '521', '1314', '5201314', '2020', '2021', '2022', '2023', '2024', '2025', '2026', 'abc', 'aaa', '321', '654321', '007', '110', '10086'] // prettier-ignore
const bare = ['123456', '123456789', '111111', '000000', '5201314', '1314520', '123123', '123321', '112233', '147258369', '789456123', '159357', '1qaz2wsx', '1q2w3e4r', 'q1w2e3r4', 'qazwsx', 'zaq12wsx', 'a123456', 'a1b2c3d4', 'abc123', 'aa123456', 'p@ssw0rd', 'passw0rd', '11223344', '12344321', '0987654321', '987654321', '88888888', '66666666', '520520', '13145200', '1314521', '7758521', '7758258', 'woaini520', 'asdfghjkl', 'qwertyuiop', 'zxcvbnm'] // prettier-ignore

const list = new Set(bare)
for (const head of new Set(heads)) {
  list.add(head)
  list.add(head + head)
  for (const tail of digits) list.add(head + tail)
}
const lines = [...list].filter((word) => word.length >= 3).toSorted()
writeFileSync(
  new URL('../server/src/accounts/common_passwords.txt', import.meta.url),
  `# Made by scripts/common_passwords.ts; do not edit.\n${lines.join('\n')}\n`,
)
