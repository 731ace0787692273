/** One's own account: password, sessions. */
export const accountTexts = {
  account: {
    title: '账号与安全',
    username: '用户名：{{username}}',
    owes: {
      password: '请先修改密码：它由别人设定，或已到期。改好之后即可继续。',
    },
    password: {
      title: '密码',
      changedAt: '上次修改',
      expiresAt: '到期',
      never: '不会到期，泄露或有怀疑时请立即修改',
      change: '修改密码',
      current: '现在的密码',
      next: '新密码',
      again: '再输一次新密码',
      needed: '请填写',
      differs: '两次输入的不一样',
      changed: '密码已修改，其他登录已退出',
      rules: {
        asvs: '至少 {{n}} 个字符，越长越好，可以是一句话；不要求大小写或数字。常见密码、含姓名或用户名的不能用。',
        gbt22239:
          '至少 {{n}} 个字符，含大写字母、小写字母、数字、其他字符中的至少三种。常见密码、含姓名或用户名的不能用。',
      },
      maxAge: '每 {{n}} 天须更换。',
    },
    sessions: {
      title: '登录情况',
      lead: '您的账号目前在这些地方登录。有不认识的，请退出它并修改密码。',
      current: '这里',
      unknown: '未知设备',
      from: '地址 {{address}}',
      began: '登录于 {{at}}',
      used: '最近使用 {{at}}',
      ways: { password: '密码登录', provider: '统一身份登录', demo: '演示脚本' },
      end: '退出',
      endConfirm: '退出这处登录吗？那里没有保存的内容会丢失。',
      endOthers: '退出其他全部登录',
      endOthersConfirm: '除这里之外，全部退出吗？',
      ended: '已退出',
      onlyThis: '没有其他登录。',
    },
  },
};
