import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Item, ItemChanges, Question } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { rangeText } from '../../lib/standard-range';
import { useTags } from '../../lib/use-organisation';
import { Facts, Failure, Loading } from '../open-parts';

type Form = Item['checkForm'];

/** What an item says, field by field, as a law or an official would read it. */
export function ItemFacts({ item }: { item: Item }) {
  const { t } = useTranslation();
  const tags = useTags();
  const labelOf = (tag: string) => tags.data?.find((one) => one.tag === tag)?.label ?? tag;
  const ratio = item.statutoryRatioPpm ?? item.ratioPpm;
  const byLaw = (isSet: boolean) => (isSet ? t('items.byLaw') : '');
  return (
    <Facts
      rows={[
        [
          t('open.basis'),
          <ul className="plain-list" key="basis">
            {item.legalBases.map((basis, at) => (
              <li key={at}>
                {basis.law} {basis.article} {basis.text}
              </li>
            ))}
          </ul>,
        ],
        [
          t('items.fields.objectTags'),
          [...item.objectTags.map(labelOf), ...item.objectRegions].join('、') || t('items.all'),
        ],
        [t('open.content'), item.content || t('states.unset')],
        [
          t('open.ratio'),
          ratio === null ? t('states.unset') : formatRatio(ratio) + byLaw(item.statutoryRatioPpm !== null),
        ],
        [
          t('open.frequency'),
          (item.statutoryFrequency || item.frequency || t('states.unset')) +
            byLaw(item.statutoryFrequency !== ''),
        ],
      ]}
    />
  );
}

export const methodsOf = (item: Pick<Item, 'methods'>, t: TFunction): string =>
  item.methods.map((method) => t(`open.methods.${method as 'on-site'}`)).join('、');

/** The check form as it lies before an inspector, to be read. */
export function FormText({ sections, opinions }: { sections: Form; opinions: readonly string[] }) {
  const { t } = useTranslation();
  if (sections.length === 0) return <p className="muted">{t('items.formEmpty')}</p>;
  return (
    <>
      <Sections sections={sections} />
      {opinions.length > 0 && (
        <section className="form-section">
          <h3>{t('items.fields.opinions')}</h3>
          <ul className="plain-list">
            {opinions.map((opinion) => (
              <li key={opinion}>{opinion}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Sections({ sections }: { sections: Form }) {
  const { t } = useTranslation();
  return sections.map((section, at) => (
    <section key={at} className="form-section">
      <h3>{section.title}</h3>
      <ol className="plain-list">
        {section.questions.map((question) => (
          <li key={question.key}>
            {question.text} <span className="muted small">{questionFacts(question, t)}</span>
          </li>
        ))}
      </ol>
    </section>
  ));
}

function questionFacts(question: Question, t: TFunction): string {
  const { type, unit, options, instrument, basis, standard } = question;
  const range = rangeText(question);
  return [
    t(`items.question.${type}`),
    range === null ? unit : t(type === 'photo' ? 'evidence.count' : 'visit.range', { range }),
    options?.join('／'),
    instrument,
    standard && t('visit.standard', { text: standard }),
    basis && t('visit.basis', { text: basis }),
  ]
    .filter((fact) => fact)
    .join(' · ');
}

interface Between {
  code: string;
  from: number;
  to: number;
  /** Read as the public reads it; who is signed in sees drafts too. */
  isPublic?: boolean;
}

/** What one version changed against another. */
export function ChangesOf({ code, from, to, isPublic = false }: Between) {
  const { t } = useTranslation();
  const params = { path: { code }, query: { from, to } };
  const query = useQuery({
    queryKey: ['item-changes', code, from, to, isPublic],
    queryFn: () =>
      isPublic
        ? answerOf(api.GET('/api/v1/public/items/{code}/changes', { params }))
        : answerOf(api.GET('/api/v1/items/{code}/changes', { params })),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  if (query.data.changes.length === 0) return <p className="muted">{t('items.noChanges')}</p>;
  return <ChangeTable changes={query.data.changes} />;
}

function ChangeTable({ changes }: Pick<ItemChanges, 'changes'>) {
  const { t } = useTranslation();
  return (
    <dl className="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{t(`items.fields.${field as 'name'}`)}</dt>
          <dd>
            <del>{valueText(field, before, t)}</del>
            <ins>{valueText(field, after, t)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function valueText(field: string, value: unknown, t: TFunction): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return t('items.nothing');
  switch (field) {
    case 'legalBases':
      return (value as Item['legalBases'])
        .map(({ law, article, text }) => `${law} ${article} ${text}`)
        .join('；');
    case 'methods':
      return methodsOf({ methods: value as string[] }, t);
    case 'category':
      return t(`open.categories.${value as Item['category']}`);
    case 'ratioPpm':
    case 'statutoryRatioPpm':
      return formatRatio(value as number);
    case 'checkForm':
      return (value as Form)
        .map(
          ({ title, questions }) =>
            `${title}：${questions.map((one) => `${one.text}（${questionFacts(one, t)}）`).join('；')}`,
        )
        .join('\n');
    default:
      return Array.isArray(value) ? value.join('、') : (value as string);
  }
}
