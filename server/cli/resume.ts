import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '../config';
import { resolveConnections } from '../connections';
import { resumeWorkflows } from '../resume-workflows';
import { readRunning } from '../supervisor/running';
import { temporalConnection } from '../temporal-connection';
import { runCli } from './run-cli';
import { withDatabase } from './with-database';

const HELP = `npm run resume -- [--anew] [--json]

按数据库重新启动应当运行的流程（活动、督办、案件、通报）。可重复运行；正在运行的不受影响。
Starts from the database whatever should run (campaigns, oversight, cases, bulletins). Can be repeated; what runs is left alone.

  --anew   先结束 Temporal 中的全部此类流程：数据库恢复之后用，Temporal 所记的时刻与数据库不同
           end all of them first: after a restore of the database, Temporal being of another moment than it
  --json   机器可读的输出 / output for scripts
  --help   本说明 / this text`;

runCli('resume', async () => {
  const { values } = parseArgs({
    options: {
      anew: { type: 'boolean', default: false },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const given = loadConfig();
  const config = { ...given, ports: readRunning(given.home)?.ports ?? given.ports };
  const { temporalAddress } = resolveConnections(config);
  const connection = await Connection.connect(temporalConnection(config, temporalAddress));
  try {
    const client = new Client({ connection, namespace: config.temporalNamespace });
    const { ended, started, running } = await withDatabase((db) => resumeWorkflows(db, client, values.anew));
    if (values.json) console.log(JSON.stringify({ ended, started, running }));
    else {
      console.log(
        `已结束 ended ${String(ended)}，已启动 started ${String(started)}，本在运行 running ${String(running)}`,
      );
    }
  } finally {
    await connection.close();
  }
});
