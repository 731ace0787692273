import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answerOf, api } from '../api/client';
import type { CeremonyRecord } from '../api/types';

const EVERY_MS = 2000;
/** Nothing more happens to a draw; a void ceremony is followed by another. */
const EVERY_MS_DRAWN = 30_000;

export interface Watched {
  record: CeremonyRecord;
  /** How far this machine's clock is behind the server's, in milliseconds: a projector's own may be wrong. */
  behind: number;
}

/**
 * The newest ceremony of a campaign, followed while it goes on. Unchanged it costs the server an empty 304; after an
 * outage the next question is simply answered again.
 */
export function useCeremony(code: string) {
  return useQuery({
    queryKey: ['ceremony', code],
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.record.ceremony?.phase === 'drawn' ? EVERY_MS_DRAWN : EVERY_MS,
    refetchIntervalInBackground: true,
    queryFn: async (): Promise<Watched> => {
      const call = api.GET('/api/v1/public/campaigns/{code}/ceremony', { params: { path: { code } } });
      const record = await answerOf(call);
      const said = Date.parse((await call).response.headers.get('date') ?? '');
      return { record, behind: Number.isNaN(said) ? 0 : Math.round((said - Date.now()) / 1000) * 1000 };
    },
  });
}

/** The server's time, once a second. */
export function useServerTime(behind: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + behind;
}
