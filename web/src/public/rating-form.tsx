import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { Panel } from '../components/open-parts';
import { problemText } from '../lib/problem-text';

const STARS = [5, 4, 3, 2, 1];

/** Once, after the visit. */
export function RatingForm({
  code,
  onChange,
}: {
  code: string;
  onChange: (notice: OpenVisitNotice) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [stars, setStars] = useState<number | null>(null);
  const [remark, setRemark] = useState('');
  const rate = useMutation({
    mutationFn: (given: number) =>
      answerOf(api.POST('/api/v1/public/visit-notice/rating', { body: { code, stars: given, remark } })),
    onSuccess: onChange,
  });
  return (
    <Panel title={t('openNotice.rate')}>
      <form
        className="open-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (stars !== null) rate.mutate(stars);
        }}
      >
        <fieldset className="stars" aria-label={t('openNotice.rate')}>
          {STARS.map((n) => (
            <label key={n}>
              <input type="radio" name={`${id}-stars`} checked={stars === n} onChange={() => setStars(n)} />{' '}
              {t('openNotice.stars', { n })}
            </label>
          ))}
        </fieldset>
        <label htmlFor={id}>{t('openNotice.remark')}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          value={remark}
          onChange={(event) => setRemark(event.target.value)}
        />
        {rate.error !== null && (
          <p className="bad" role="alert">
            {problemText(rate.error, t)}
          </p>
        )}
        <div>
          <button type="submit" className="button" disabled={stars === null || rate.isPending}>
            {t('openNotice.sendRating')}
          </button>
        </div>
      </form>
    </Panel>
  );
}
