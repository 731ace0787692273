import { answerOf, api } from '../../api/client';
import { CappedList } from '../capped-list';

/** Whom the yearly cap would leave out of a campaign's plan as the registry is now. */
export function CampaignCapped({ code }: { code: string }) {
  return (
    <CappedList
      about={code}
      load={(cursor) =>
        answerOf(
          api.GET('/api/v1/campaigns/{code}/capped', {
            params: { path: { code }, query: { cursor, limit: 20 } },
          }),
        )
      }
      download={(ending) => `/api/v1/campaigns/${code}/capped.${ending}`}
    />
  );
}
