import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { Me, SearchHit } from '../../api/types';
import { forgetFinds, keepFind, recentFinds } from '../../lib/recent-finds';
import { useSettled } from '../../lib/use-settled';
import { ProblemAlert } from '../problem-alert';
import type { OfficeLink } from '../shell/use-office-links';
import './search.css';

interface Choice {
  key: string;
  name: string;
  notes: string[];
  to: string;
  /** Kept among what was opened lately. */
  hit?: SearchHit;
}

interface Group {
  title: string;
  choices: Choice[];
  hasMore?: boolean;
}

const PLACES: Record<SearchHit['kind'], string> = {
  campaign: '/campaigns',
  entity: '/entities',
  inspector: '/inspectors',
  item: '/items',
  visit: '/visits',
  case: '/cases',
};

const TYPING_MS = 200;

interface Props {
  me: Me;
  links: OfficeLink[];
  onClose: () => void;
}

/** One field for everything that somebody may see; before anything is typed, what they opened lately. */
export function SearchPalette({ me, links, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [recent, setRecent] = useState(() => recentFinds(me.id));
  const [active, setActive] = useState(0);
  const [isComposing, setIsComposing] = useState(false);
  const q = useSettled(isComposing ? '' : text.trim(), TYPING_MS);
  const isLong = [...q].length >= 2;
  const query = useQuery({
    queryKey: ['search', q],
    enabled: isLong,
    placeholderData: keepPreviousData,
    queryFn: () => answerOf(api.GET('/api/v1/search', { params: { query: { q } } })),
  });
  const choiceOf = (hit: SearchHit): Choice => ({
    key: `${hit.kind}-${hit.id}`,
    name: hit.name,
    notes: hit.notes,
    to: `${PLACES[hit.kind]}/${encodeURIComponent(hit.id)}`,
    hit,
  });
  const pages: Choice[] = links
    .filter(({ label }) => q !== '' && label.toLowerCase().includes(q.toLowerCase()))
    .map(({ to, label }) => ({ key: to, name: label, notes: [], to }));
  const found: Group[] = (query.data?.groups ?? []).map(({ kind, hits, hasMore }) => ({
    title: t(`search.kinds.${kind}`),
    hasMore,
    choices: hits.map((hit) => choiceOf({ kind, ...hit })),
  }));
  const groups = useDeferredValue<Group[]>(
    (q === ''
      ? [{ title: t('search.recent'), choices: recent.map(choiceOf) }]
      : [{ title: t('search.pages'), choices: pages }, ...(isLong ? found : [])]
    ).filter(({ choices }) => choices.length > 0),
  );
  const choices = groups.flatMap((group) => group.choices);
  const chosen = choices[Math.min(active, choices.length - 1)];

  const open = (choice: Choice) => {
    if (choice.hit) keepFind(me.id, choice.hit);
    onClose();
    void navigate(choice.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && choices.length > 0) {
      event.preventDefault();
      const next = (Math.min(active, choices.length - 1) + by + choices.length) % choices.length;
      setActive(next);
      document.getElementById(`${id}-${choices[next]?.key}`)?.scrollIntoView({ block: 'nearest' });
    }
    // A word that an input method is still composing is not asked for yet.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) open(chosen);
  };
  return (
    <Modal
      open
      title={t('search.title')}
      footer={null}
      onCancel={onClose}
      // The dialog itself would go to its first button.
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
      className="search-palette"
      width={680}
    >
      <input
        ref={input}
        className="search-input"
        type="search"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        {...(chosen ? { 'aria-activedescendant': `${id}-${chosen.key}` } : {})}
        autoComplete="off"
        maxLength={100}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onCompositionStart={() => setIsComposing(true)}
        onCompositionEnd={() => setIsComposing(false)}
        onKeyDown={onKeyDown}
      />
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} className="gap-above" />
      <div id={`${id}-found`} role="listbox" aria-label={t('search.title')} className="search-found">
        {groups.map(({ title, choices: shown, hasMore }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="search-kind" aria-hidden>
              {title}
            </div>
            {shown.map((choice) => (
              <div
                key={choice.key}
                id={`${id}-${choice.key}`}
                role="option"
                aria-selected={choice === chosen}
                className="search-hit"
                onClick={() => open(choice)}
                onMouseMove={() => setActive(choices.indexOf(choice))}
              >
                <span className="search-name">{choice.name}</span>
                <span className="muted small">{choice.notes.join(' · ')}</span>
              </div>
            ))}
            {hasMore && <div className="search-more muted small">{t('search.more')}</div>}
          </div>
        ))}
      </div>
      <div className="search-foot muted small">
        <span role="status">
          <Word q={q} isLong={isLong} isPending={query.isFetching} found={choices.length} />
        </span>
        {q === '' && recent.length > 0 ? (
          <Button
            type="link"
            size="small"
            onClick={() => {
              forgetFinds(me.id);
              setRecent([]);
            }}
          >
            {t('search.forget')}
          </Button>
        ) : (
          <span className="search-keys">{t('search.keys')}</span>
        )}
      </div>
    </Modal>
  );
}

/** What the search is about to do, or has come to. */
function Word({
  q,
  isLong,
  isPending,
  found,
}: {
  q: string;
  isLong: boolean;
  isPending: boolean;
  found: number;
}) {
  const { t } = useTranslation();
  if (q === '') return t('search.start');
  if (!isLong) return t('search.tooShort');
  if (isPending) return t('states.loading');
  return found === 0 ? t('search.none', { q }) : t('search.found', { n: found });
}
