import type { ProblemText } from './problem_text.ts'

/** Refusals about settings of a county and of the installation. */
export const settingProblems = {
  risk_not_accepted: {
    status: 422,
    zh: '用不加密的方式打开，要先看完风险并勾选“我知道，并承担”。',
    en: 'To open without encryption, read the risk and tick that you accept it.',
  },
  too_many_presets: {
    status: 422,
    zh: '自己存的样式最多 {limit} 种。请先删掉不用的。',
    en: 'At most {limit} kept presets. Drop one you no longer use first.',
  },
  certificate_unusable: {
    status: 422,
    zh: '这份证书不能用：{why}。请向发证书的人要 PEM 格式的证书和对应的私钥。',
    en: 'This certificate cannot be used: {why_en}. Ask for the certificate and its key in PEM form.',
  },
  not_of_this_house: {
    status: 403,
    zh: '手机使用是整套系统的设置，这里不止一个县。请由安装系统的人在服务器上用环境变量设置（HOST、TLS_CERT、TLS_KEY）。',
    en: 'Phone access concerns the whole installation, which serves several counties. Whoever runs the server sets it there.',
  },
} as const satisfies Record<string, ProblemText>
