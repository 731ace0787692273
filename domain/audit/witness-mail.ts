/** What somebody outside of the operator's house gets each day, to keep: nobody can take it back from there. */

export interface Witnessed {
  day: string;
  publicUrl: string;
  entries: number;
  problems: number;
  /** The newest signed note, and the public keys; null: nothing was signed yet. */
  note: string | null;
  keys: readonly string[];
}

export function witnessMail({ day, publicUrl, entries, problems, note, keys }: Witnessed) {
  const text = [
    ...(problems === 0
      ? [
          `审计日志已核对：${entries} 条，与此前所签一致。请保存此邮件，不必回复。`,
          `The audit log was checked: ${entries} entries, as they were signed. Keep this mail; no answer is needed.`,
        ]
      : [
          `审计日志核对发现 ${problems} 处问题：有记录被改动、删除、插入或调换。没有签署新的检查点。请与审计管理员联系。`,
          `${problems} problems were found in the audit log: entries were changed, removed, inserted or moved. Nothing new was signed. Ask the administrator of audit.`,
        ]),
    '',
    `当前公布的检查点 what is published now: ${publicUrl}/public/audit`,
    '',
    ...(note === null ? [] : ['最近签署的检查点 the newest checkpoint:', '', note]),
    '公钥 public keys:',
    '',
    ...keys,
    '',
  ].join('\n');
  return {
    subject:
      problems === 0
        ? `[一次查] 审计日志检查点 ${day} / audit checkpoint`
        : `[一次查] 审计日志有 ${problems} 处问题 ${day} / audit log: ${problems} problems`,
    text,
    html: `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`,
  };
}
