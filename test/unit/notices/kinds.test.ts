import { noticeLine } from '../../../domain/notices/kinds';

test.each(['请补充检查期限', '请补充检查期限。', '请补充检查期限。。'])(
  'a reason ends with one full stop, however it was typed: %s',
  (reason) => {
    expect(noticeLine('plan-returned', { reason })).toBe('方案被退回：请补充检查期限。请修改后重新提交。');
    expect(noticeLine('cancelled', { reason })).toBe('任务已取消：请补充检查期限。');
    expect(noticeLine('ceremony-void', { number: 2, reason })).toBe(
      '第 2 次抽取仪式作废：请补充检查期限。重新抽取须重新冻结名录。',
    );
  },
);
