/** Personal data that is masked until somebody needs it. */
export const personalTexts = {
  personal: {
    show: '显示',
    hide: '隐藏',
    hint: '个人信息，因工作需要才查看；查看会记入审计日志',
    exportMore: '其他导出方式',
    exportClear: '含联系方式和证号（留痕）',
  },
};
