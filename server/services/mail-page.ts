import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MailStore, StoredMail } from './mail-store';

const MOST_LISTED = 500;

/** The page and the JSON interface of the captured mails. */
export function mailPage(store: MailStore): Server {
  return createServer((request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) send(response, 500, 'text/plain', '出错了 internal error');
      else response.destroy();
    });
  });
}

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(response, 405, 'text/plain', 'method not allowed');
    return;
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const filter = {
    limit: Math.min(Math.max(Number(searchParams.get('limit')) || 100, 1), MOST_LISTED),
    ...optional('to', searchParams.get('to')?.trim()),
    ...optional('subject', searchParams.get('subject')?.trim()),
    ...optional('since', isoDate(searchParams.get('since'))),
  };
  const [, section, id, part] =
    /^\/(api\/mails|api\/counts|mails)(?:\/([\w-]+))?(?:\/(body))?$/.exec(pathname) ?? [];
  if (pathname === '/') {
    send(response, 200, 'text/html', listPage(store.list(filter), filter, store.counts().total));
  } else if (section === 'api/counts') {
    sendJson(response, store.counts());
  } else if (section === 'api/mails' && !id) {
    sendJson(response, store.list(filter));
  } else if (id && (section === 'api/mails' || section === 'mails')) {
    await answerOne(store, response, { id, json: section === 'api/mails', body: part === 'body' });
  } else {
    send(response, 404, 'text/plain', '没有这一页 not found');
  }
}

async function answerOne(
  store: MailStore,
  response: ServerResponse,
  wanted: { id: string; json: boolean; body: boolean },
): Promise<void> {
  const found = await store.read(wanted.id);
  if (!found) {
    send(response, 404, 'text/plain', '没有这封邮件 no such mail');
    return;
  }
  const { mail, parsed } = found;
  const text = parsed.text ?? '';
  const html = parsed.html === false ? null : parsed.html;
  if (wanted.json) {
    const headers = Object.fromEntries(
      parsed.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()]),
    );
    sendJson(response, { ...mail, text, html, headers });
  } else if (wanted.body) {
    // Mails are strangers: no scripts, nothing loaded from elsewhere, also when the frame is opened by itself.
    const policy = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    send(response, 200, 'text/html', html ?? `<pre>${escape(text)}</pre>`, policy);
  } else {
    send(response, 200, 'text/html', onePage(mail));
  }
}

function listPage(mails: StoredMail[], filter: { to?: string; subject?: string }, total: number): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mails/${mail.id}"><strong>${escape(mail.subject || '（无主题）')}</strong>
      <span>${escape(mail.to.join('、'))}</span><time datetime="${mail.date}">${chinaTime(mail.date)}</time></a></li>`,
  );
  return layout(
    '邮件 Mails',
    `<h1>捕获的邮件 <small>Captured mails</small></h1>
    <p>系统发出的邮件都留在这里，没有寄往外部。共 ${String(total)} 封，显示 ${String(mails.length)} 封。
    Nothing left this machine: ${String(total)} mails, ${String(mails.length)} shown.</p>
    <form>
      <label>收件人 To <input name="to" value="${escape(filter.to ?? '')}"></label>
      <label>主题 Subject <input name="subject" value="${escape(filter.subject ?? '')}"></label>
      <button>筛选 Filter</button> <a href="/">全部 All</a>
    </form>
    ${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '<p class="empty">没有邮件 No mails</p>'}`,
  );
}

function onePage(mail: StoredMail): string {
  return layout(
    mail.subject,
    `<p><a href="/">← 全部邮件 All mails</a></p>
    <h1>${escape(mail.subject || '（无主题）')}</h1>
    <dl>
      <dt>发件人 From</dt><dd>${escape(mail.from)}</dd>
      <dt>收件人 To</dt><dd>${escape(mail.to.join('、'))}</dd>
      <dt>时间 Date</dt><dd>${chinaTime(mail.date)}</dd>
    </dl>
    <iframe sandbox="allow-popups" title="正文 body" src="/mails/${mail.id}/body"></iframe>`,
  );
}

function layout(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1f2328;background:#fff}
h1{font-size:1.4rem;margin:.5rem 0}small{color:#59636e;font-weight:400}a{color:#0958d9}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0}label{display:grid;font-size:.9rem}
input,button{font:inherit;padding:.35rem .6rem;border:1px solid #8c959f;border-radius:6px;background:#fff;color:inherit}
ul{list-style:none;margin:0;padding:0;border-top:1px solid #d0d7de}li{border-bottom:1px solid #d0d7de}
li a{display:flex;flex-wrap:wrap;gap:.1rem 1rem;padding:.6rem .25rem;color:inherit;text-decoration:none}li a:hover{background:#f6f8fa}
li strong{flex:1 1 100%}li span{flex:1 1 15rem;color:#59636e;overflow-wrap:anywhere}time{color:#59636e;white-space:nowrap}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem}dt{color:#59636e}dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:70vh;border:1px solid #d0d7de;border-radius:6px;background:#fff}
@media(prefers-color-scheme:dark){body,input,button{background:#0d1117;color:#e6edf3}a{color:#6ea8fe}li a:hover{background:#161b22}}
</style><body>${body}</body></html>`;
}

const chinaTime = (iso: string): string =>
  new Date(iso).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);

function isoDate(text: string | null): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value ? ({ [key]: value } as Record<K, string>) : {};
}

function sendJson(response: ServerResponse, body: unknown): void {
  send(response, 200, 'application/json', JSON.stringify(body));
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'",
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
}
