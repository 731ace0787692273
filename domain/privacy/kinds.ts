/**
 * What personal data is kept, of whom, and on what ground (个人信息保护法; below: PIPL). The columns themselves are marked in
 * db/personal-data.
 */
export const KINDS = {
  name: { zh: '姓名、账号名', en: 'name, account name' },
  phone: { zh: '电话号码', en: 'phone number' },
  mail: { zh: '电子邮箱', en: 'mail address' },
  certificate: { zh: '执法证号', en: 'number of the enforcement certificate' },
  address: { zh: '地址（个体经营者的可能是住址）', en: 'address (a household’s may be a home)' },
  text: { zh: '自由填写，可能写到个人', en: 'free text that may speak of somebody' },
  person: { zh: '指向个人的编号、角色', en: 'number that stands for a person, role' },
  act: { zh: '谁经办（人员编号）', en: 'who did it (by number)' },
  trace: { zh: '登录和访问痕迹（地址、浏览器、时间）', en: 'traces of access: address, browser, time' },
  secret: { zh: '密码、令牌的散列', en: 'hash of a password or token' },
  file: { zh: '照片、签名、附件', en: 'photo, signature, file' },
  content: { zh: '通知、邮件、答复的正文', en: 'content of notices, mails, answers' },
} as const;

export const WHOSE = {
  official: { zh: '公务人员', en: 'official' },
  inspector: { zh: '执法检查人员', en: 'inspector' },
  entity: { zh: '检查对象的经营者、联系人', en: 'natural person of an entity' },
  citizen: { zh: '以检查对象名义来文的人', en: 'who writes for an entity' },
  anybody: { zh: '文中提到的任何人', en: 'anybody who is spoken of' },
} as const;

export const BASES = {
  duty: {
    zh: '履行法定职责所必需（个人信息保护法第十三条第一款第三项、第三十四条）',
    en: 'needed for a statutory duty (PIPL art. 13 (1) no. 3, art. 34)',
  },
  security: {
    zh: '网络安全法第二十一条要求的日志和防护',
    en: 'logs and protection that the Cybersecurity Law, art. 21, demands',
  },
  consent: {
    zh: '本人自愿填写（个人信息保护法第十三条第一款第一项）',
    en: 'given freely (PIPL art. 13 (1) no. 1)',
  },
  disclosure: {
    zh: '依法公开（国发〔2019〕5号“谁检查、谁公示”），自然人信息已遮盖（个人信息保护法第二十五条）',
    en: 'made public by law, natural persons masked (PIPL art. 25)',
  },
} as const;

export type Kind = keyof typeof KINDS;
export type Whose = keyof typeof WHOSE;
export type Basis = keyof typeof BASES;
