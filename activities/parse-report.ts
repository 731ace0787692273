import { simpleParser, type Attachment } from 'mailparser';
import type { DeliveryReport } from '../domain/notices/delivery';

/** A report of one recipient, and the mail that it is about. */
export interface MailReport extends DeliveryReport {
  /** With its angle brackets. */
  messageId: string;
  /** What the server says in words. */
  text: string;
}

/**
 * Reads a delivery status notification (RFC 3464). Nothing where a mail is none, or does not say which mail it is about: by
 * the envelope's id that we gave (RFC 3461), or by the headers it returns.
 */
export async function parseReport(source: Buffer): Promise<MailReport[]> {
  const mail = await simpleParser(source, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipHtmlToText: true,
  });
  const status = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  if (!status) return [];
  const [ofMail = {}, ...recipients] = groupsOfFields(status.content.toString('utf8'));
  const returned = mail.attachments.find(({ contentType }) =>
    ['text/rfc822-headers', 'message/rfc822', 'message/global'].includes(contentType),
  );
  const envelopeId = ofMail['original-envelope-id'];
  const messageId =
    envelopeId === undefined ? messageIdIn(returned) : `<${envelopeId.replace(/^<|>$/g, '')}>`;
  if (messageId === null) return [];
  return recipients.flatMap((fields) => {
    const { action, status: code = '' } = fields;
    if (action === undefined) return [];
    const said = fields['diagnostic-code']?.replace(/^[a-z0-9-]+\s*;\s*/i, '');
    return [{ messageId, action, status: code, text: said ?? `${action} ${code}`.trim() }];
  });
}

/** Fields by name in lower case, of each block between empty lines; continued lines are joined. */
function groupsOfFields(text: string): Record<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/)
    .map((block) =>
      Object.fromEntries(
        block
          .replace(/\n[ \t]+/g, ' ')
          .split('\n')
          .map((line) => /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line))
          .filter((match) => match !== null)
          .map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]),
      ),
    );
}

function messageIdIn(returned: Attachment | undefined): string | null {
  const text = returned?.content
    .toString('utf8')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  return /^message-id[ \t]*:[ \t]*(<[^>\s]+>)/im.exec(text ?? '')?.[1] ?? null;
}
