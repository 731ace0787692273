/** Photos and files of a visit, and what waits in the browser for a network. */
export const evidenceTexts = {
  evidence: {
    files: '其他佐证材料',
    filesHint:
      '现场文书、票据、视频等；只有本户检查人员、本部门联络员、牵头和审批人员可以查看，每次查阅都有记录。',
    title: '{{name}}，{{by}} 于 {{at}} 上传',
    camera: '拍照',
    choosePhotos: '选择照片',
    chooseFiles: '添加文件',
    takeBack: '撤回',
    takeBackAsk: '撤回后文件即删除。确定撤回？',
    full: '已有 {{n}} 张，达到上限',
    count: '{{range}} 张',
    hidden: '照片 {{n}} 张（仅检查、联络、牵头和审批人员可查看）',
    refused: '未接收',
    waiting: '等待上传',
    keptHere: '已存本机',
    discard: '删除',
    stillSending: '还有 {{n}} 个文件没有传完，传完后再提交。',
    notInPreview: '检查时可在这里拍照或选择照片。',
  },
  outbox: {
    offline: '离线：可以继续填写，内容保存在本机，联网后自动发送。',
    offlineKept: '离线，已保存在本机 {{n}} 项，联网后自动发送。',
  },
};
