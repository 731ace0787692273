import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Input, Tag } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { DocumentTemplate } from '../../api/types';
import { saveFile } from '../../lib/save-file';
import { ProblemAlert } from '../problem-alert';
import { offsetOf } from './offset-of';
import { Placeholders } from './placeholders';
import { ResetDialog, SaveDialog } from './template-dialogs';
import { TemplateRules } from './template-rules';
import { TemplateVersions } from './template-versions';
import './template-editor.css';

interface Props {
  template: DocumentTemplate;
  name: string;
  whose: string;
}

/** Where somebody writes a template: beside it what can be named, its preview, its versions. */
export function TemplateEditor({ template, name, whose }: Props) {
  const { t } = useTranslation();
  const [body, setBody] = useState(template.body);
  const [dialog, setDialog] = useState<'save' | 'reset' | null>(null);
  const [loaded, setLoaded] = useState<number | null>(null);
  const [invalid, setInvalid] = useState<Problem | null>(null);
  const area = useRef<TextAreaRef>(null);
  const isOwn = template.origin === (template.department === null ? 'city' : 'department');
  const preview = useMutation({
    onMutate: () => setInvalid(null),
    mutationFn: async (format: 'pdf' | 'docx') => {
      const file = await answerOf(
        api.POST('/api/v1/document-templates/{kind}/preview', {
          params: { path: { kind: template.kind } },
          body: { body, format },
          parseAs: 'blob',
        }),
      );
      saveFile(`${template.zh}-预览.${format}`, file);
    },
  });

  function select(from: number, to: number): void {
    const element = area.current?.resizableTextArea?.textArea;
    element?.focus();
    element?.setSelectionRange(from, to);
  }

  function insert(text: string): void {
    const element = area.current?.resizableTextArea?.textArea;
    const from = element?.selectionStart ?? body.length;
    const to = element?.selectionEnd ?? body.length;
    setBody(body.slice(0, from) + text + body.slice(to));
    // Once the text is in.
    requestAnimationFrame(() => select(from + text.length, from + text.length));
  }

  return (
    <>
      <div className="page-head">
        <div>
          <h1>{name}</h1>
          <div className="tags">
            <Tag>{template.department?.name ?? t('templates.city')}</Tag>
            <Tag color={isOwn ? 'blue' : 'default'}>
              {t(`templates.origin.${template.origin}`, { n: template.version })}
            </Tag>
            {body !== template.body && <Tag color="gold">{t('templates.unsaved')}</Tag>}
          </div>
        </div>
        <div className="filters">
          {(['pdf', 'docx'] as const).map((format) => (
            <Button
              key={format}
              title={t('templates.previewHint')}
              loading={preview.isPending && preview.variables === format}
              onClick={() => preview.mutate(format)}
            >
              {t('templates.preview', { format: format.toUpperCase() })}
            </Button>
          ))}
          {template.mayKeep && isOwn && (
            <Button danger onClick={() => setDialog('reset')}>
              {t('templates.reset')}
            </Button>
          )}
          {template.mayKeep && (
            <Button type="primary" disabled={body === template.body} onClick={() => setDialog('save')}>
              {t('templates.save')}
            </Button>
          )}
        </div>
      </div>
      {!template.mayKeep && (
        <Alert className="gap-below" type="info" showIcon title={t('templates.readOnly')} />
      )}
      <Problems
        error={invalid ?? preview.error}
        onPlace={(line, column) => select(...placeOf(body, line, column))}
      />
      <div className="two-columns">
        <Card title={t('templates.editor')}>
          {loaded !== null && (
            <Alert className="gap-below" type="info" title={t('templates.loaded', { n: loaded })} />
          )}
          <Input.TextArea
            ref={area}
            className="template-text"
            aria-label={t('templates.editorLabel', { name })}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            readOnly={!template.mayKeep}
            autoSize={{ minRows: 24, maxRows: 48 }}
            spellCheck={false}
          />
        </Card>
        <div className="stack">
          <Card title={t('templates.placeholders')}>
            {template.mayKeep && <p className="muted small">{t('templates.placeholdersHint')}</p>}
            <Placeholders placeholders={template.placeholders} onInsert={template.mayKeep ? insert : null} />
          </Card>
          <Card title={t('templates.how')}>
            <TemplateRules />
          </Card>
          <Card title={t('templates.versions')}>
            <TemplateVersions
              template={template}
              whose={whose}
              onLoad={(version, text) => {
                setBody(text);
                setLoaded(version);
              }}
            />
          </Card>
        </div>
      </div>
      {dialog === 'save' && (
        <SaveDialog
          template={template}
          body={body}
          whose={whose}
          onClose={() => setDialog(null)}
          onInvalid={(problem) => {
            setDialog(null);
            setInvalid(problem);
          }}
        />
      )}
      {dialog === 'reset' && (
        <ResetDialog template={template} name={name} whose={whose} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

const placeOf = (body: string, line: number, column: number): [number, number] => {
  const at = offsetOf(body, line, column);
  const end = body.indexOf('}}', at);
  return [at, end < 0 ? at : end + 2];
};

/** What is wrong with the template: each leads to its place. */
function Problems({ error, onPlace }: { error: unknown; onPlace: (line: number, column: number) => void }) {
  const { t } = useTranslation();
  if (!(error instanceof Problem) || error.type !== 'template-invalid')
    return <ProblemAlert error={error} className="gap-below" />;
  return (
    <Alert
      className="gap-below"
      type="error"
      showIcon
      title={t('templates.problems', { n: error.fields.length })}
      description={
        <ul className="plain-list">
          {error.fields.map(({ field, message }) => {
            const [, line = '1', column = '1'] = field.split(':');
            return (
              <li key={field + message}>
                <button
                  type="button"
                  className="template-problem"
                  onClick={() => onPlace(Number(line), Number(column))}
                >
                  {message}
                </button>
              </li>
            );
          })}
        </ul>
      }
    />
  );
}
