import { answerOf, api } from '../../api/client';
import { CappedList } from '../capped-list';

interface Props {
  version: number;
  items: string[];
  regions: string[];
}

/** Whom the yearly caps of a version would leave out, for these items and regions. */
export function PolicyCapped({ version, items, regions }: Props) {
  const asked = { items: items.join(), regions: regions.join() };
  return (
    <CappedList
      about={{ version, ...asked }}
      load={(cursor) =>
        answerOf(
          api.GET('/api/v1/ratio-policies/{version}/capped', {
            params: { path: { version }, query: { ...asked, cursor, limit: 20 } },
          }),
        )
      }
      download={(ending) =>
        `/api/v1/ratio-policies/${version}/capped.${ending}?${new URLSearchParams(asked).toString()}`
      }
    />
  );
}
