/** A process of its own that takes mails over SMTP: for each line on its input it prints its port and how many it has. */
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

let taken = 0;
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData: (stream, _session, done) => {
    stream.on('end', () => {
      taken += 1;
      done();
    });
    stream.resume();
  },
});
smtp.on('error', () => undefined);
smtp.listen(0, '127.0.0.1', () => {
  const { port } = smtp.server.address() as AddressInfo;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    console.log(JSON.stringify({ port, taken }));
  });
  lines.on('close', () => {
    process.exit(0);
  });
});
