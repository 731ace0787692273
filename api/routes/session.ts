import { appendAudit } from '../../db/audit';
import { deleteSession, insertSession, readGrants } from '../../db/sessions';
import { attemptSucceeded } from '../../db/sign-in-attempts';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';
import {
  clearToken,
  deviceOf,
  hashToken,
  newToken,
  setDevice,
  setToken,
  tokenOf,
} from '../middleware/session-cookie';
import { checkPassword } from '../sign-in/check-password';

export const sessionRoutes = [
  implement(contract.signIn, async (request, context) => {
    const { db, now, settings } = context;
    const { address, requestId, response } = request;
    const { user, attempt, lane } = await checkPassword(request.body, request, context);
    const token = newToken();
    const device = deviceOf(response.req) ?? newToken();
    await db.transaction(async (trx) => {
      await attemptSucceeded(trx, user.id, { ...attempt, device: hashToken(device) }, lane, now());
      await insertSession(trx, {
        tokenHash: hashToken(token),
        userId: user.id,
        expiresAt: new Date(now().getTime() + settings.sessionHours * 3_600_000),
      });
      await appendAudit(trx, {
        actorId: user.id,
        action: 'session.begin',
        subject: `user/${user.username}`,
        address,
        requestId,
      });
    });
    setToken(response, token, settings);
    setDevice(response, device, settings);
    return { id: user.id, username: user.username, name: user.name, grants: await readGrants(db, user.id) };
  }),

  implement(contract.whoAmI, ({ actor }) => Promise.resolve({ ...actor, grants: [...actor.grants] })),

  implement(contract.signOut, async ({ response }, { db, settings }) => {
    const token = tokenOf(response.req);
    if (token !== null) await deleteSession(db, hashToken(token));
    clearToken(response, settings);
    return undefined;
  }),
];
