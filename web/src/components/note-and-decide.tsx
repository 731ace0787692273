import { Button, Input, Space } from 'antd';
import { useId, useState } from 'react';
import { ProblemAlert } from './problem-alert';

export interface Decision {
  accepts: boolean;
  note: string;
}

interface Props {
  label: string;
  accept: string;
  decline: string;
  /** Said where somebody declines without a note; missing where they may. */
  noteNeeded?: string;
  /** Said while it is carried out, where that can take a while. */
  working?: string;
  decision: {
    isPending: boolean;
    error: unknown;
    variables: Decision | undefined;
    mutate: (made: Decision) => void;
  };
}

/** Yes or no to what somebody has handed in, with a note. */
export function NoteAndDecide({ label, accept, decline, noteNeeded, working, decision }: Props) {
  const id = useId();
  const [note, setNote] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { isPending } = decision;
  const decide = (accepts: boolean) => {
    const lacksNote = !accepts && noteNeeded !== undefined && note.trim() === '';
    setIsMissing(lacksNote);
    if (!lacksNote) decision.mutate({ accepts, note });
  };
  const progressOf = (accepts: boolean) => isPending && decision.variables?.accepts === accepts;
  return (
    <div className="inline-form">
      <ProblemAlert error={decision.error} className="gap-below" />
      <label className="small" htmlFor={id}>
        {label}
      </label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={1000}
        value={note}
        {...(isMissing ? { status: 'error', 'aria-invalid': true, 'aria-describedby': `${id}-missing` } : {})}
        onChange={(event) => {
          setNote(event.target.value);
          setIsMissing(false);
        }}
      />
      {isMissing && (
        <div id={`${id}-missing`} role="alert" className="bad small">
          {noteNeeded}
        </div>
      )}
      <Space wrap className="gap-above">
        <Button
          type="primary"
          loading={progressOf(true)}
          disabled={progressOf(false)}
          onClick={() => decide(true)}
        >
          {accept}
        </Button>
        <Button danger loading={progressOf(false)} disabled={progressOf(true)} onClick={() => decide(false)}>
          {decline}
        </Button>
        {progressOf(true) && working !== undefined && (
          <span role="status" className="muted small">
            {working}
          </span>
        )}
      </Space>
    </div>
  );
}
