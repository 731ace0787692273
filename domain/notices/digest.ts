import { groupBy } from '../group-by';
import { NOTICE_LABELS, noticeLine, type NoticeKind, type NoticeParams } from './kinds';

export interface DigestNotice {
  kind: NoticeKind;
  params: NoticeParams;
  campaign: { code: string; name: string } | null;
  /** For whom the recipient stands in, where it is theirs. */
  onBehalfOf?: string | null;
}

export interface Digest {
  subject: string;
  text: string;
  html: string;
}

/** Several notices of one person as one mail, grouped by campaign, urgent matters first in the subject. */
export function composeDigest(
  recipient: string,
  notices: readonly DigestNotice[],
  publicUrl: string,
): Digest {
  const groups = [...groupBy(notices, (notice) => notice.campaign?.code ?? '')].map(([code, own]) => ({
    title: own[0]?.campaign ? `${own[0].campaign.name}（${code}）` : '一次查',
    url: code === '' ? publicUrl : `${publicUrl}/campaigns/${code}`,
    lines: together(own).map(
      ({ kind, params, onBehalfOf }) =>
        `【${NOTICE_LABELS[kind]}】${onBehalfOf ? `（代${onBehalfOf}）` : ''}${noticeLine(kind, params)}`,
    ),
  }));
  const text = [
    `${recipient}，您好：`,
    ...groups.flatMap((group) => [
      '',
      group.title,
      ...group.lines.map((line) => `  · ${line}`),
      `  ${group.url}`,
    ]),
    '',
    '此邮件由“一次查”自动发出，请勿直接回复。',
  ].join('\n');
  return { subject: subjectOf(notices), text, html: htmlOf(recipient, groups) };
}

/** Notices that differ in their count only are one, with the sum: five cases in five notices are five cases. */
function together(notices: readonly DigestNotice[]): Omit<DigestNotice, 'campaign'>[] {
  const alike = groupBy(notices, ({ kind, params, onBehalfOf = null }) =>
    JSON.stringify([kind, { ...params, count: null }, onBehalfOf]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { kind, params, onBehalfOf = null } = first;
    if (params['count'] === undefined) return [{ kind, params, onBehalfOf }];
    const count = group.reduce((sum, one) => sum + Number(one.params['count']), 0);
    return [{ kind, params: { ...params, count }, onBehalfOf }];
  });
}

const URGENT: NoticeKind[] = ['escalation', 'urging-order', 'overdue', 'ceremony-void', 'reminder'];

function subjectOf(notices: readonly DigestNotice[]): string {
  const kinds = notices.map((notice) => notice.kind);
  const first = URGENT.find((kind) => kinds.includes(kind)) ?? kinds[0];
  const more = notices.length > 1 ? `等 ${notices.length} 项` : '';
  return `[一次查] ${first === undefined ? '通知' : NOTICE_LABELS[first]}${more}`;
}

function htmlOf(
  recipient: string,
  groups: readonly { title: string; url: string; lines: string[] }[],
): string {
  const sections = groups.map(
    (group) =>
      `<h3 style="margin:20px 0 8px;font-size:16px"><a href="${escape(group.url)}" style="color:#1d4f91">${escape(group.title)}</a></h3>` +
      `<ul style="margin:0;padding-left:20px">${group.lines.map((line) => `<li style="margin:4px 0">${escape(line)}</li>`).join('')}</ul>`,
  );
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body style="font:15px/1.6 sans-serif;color:#222;max-width:640px">' +
    `<p>${escape(recipient)}，您好：</p>${sections.join('')}` +
    '<p style="margin-top:24px;color:#777;font-size:13px">此邮件由“一次查”自动发出，请勿直接回复。</p></body></html>'
  );
}

function escape(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char,
  );
}
