import { Button } from 'antd';
import { useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FIELD, Signature } from './signature';

interface Props {
  label: string;
  /** These two come from the field of the form. */
  value?: string | null;
  onChange?: (strokes: string) => void;
}

/** What the API takes, less the room for one more point. */
const LONGEST = 60_000 - 20;
/** Points nearer than this add to the size and not to the look. */
const NEAREST = 3;

/** A field to be signed on with a finger, a pen or the mouse. */
export function SignaturePad({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  // Events of one stroke come faster than pages are drawn.
  const stroke = useRef<{ path: string; x: number; y: number } | null>(null);
  const [shown, show] = useState('');
  const signed = value ?? '';

  const start = (event: PointerEvent<SVGSVGElement>) => {
    if (!event.isPrimary || event.button !== 0 || signed.length > LONGEST) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = placeOf(event);
    // A tap is a dot: a line that goes nowhere.
    stroke.current = { path: `M${x} ${y}L${x} ${y}`, x, y };
    show(stroke.current.path);
  };
  const draw = (event: PointerEvent<SVGSVGElement>) => {
    if (!stroke.current || !event.isPrimary) return;
    const { path, ...last } = stroke.current;
    const { x, y } = placeOf(event);
    if (Math.abs(x - last.x) + Math.abs(y - last.y) < NEAREST) return;
    if (signed.length + path.length > LONGEST) return;
    stroke.current = { path: `${path}L${x} ${y}`, x, y };
    show(stroke.current.path);
  };
  const end = () => {
    if (!stroke.current) return;
    onChange?.(signed + stroke.current.path);
    stroke.current = null;
    show('');
  };
  return (
    <div>
      <Signature
        className="signature-pad"
        strokes={signed + shown}
        label={`${label}：${t(signed === '' ? 'visit.unsigned' : 'visit.signed')}`}
        onPointerDown={start}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div className="row-head">
        <span className="muted small">{t('visit.signHere')}</span>
        <Button size="small" disabled={signed === ''} onClick={() => onChange?.('')}>
          {t('visit.signAgain')}
        </Button>
      </div>
    </div>
  );
}

/** Where the pointer is on the field; it may have left it. */
function placeOf(event: PointerEvent<SVGSVGElement>) {
  const box = event.currentTarget.getBoundingClientRect();
  const along = (share: number, length: number) => Math.min(length, Math.max(0, Math.round(share * length)));
  return {
    x: along((event.clientX - box.left) / box.width, FIELD.width),
    y: along((event.clientY - box.top) / box.height, FIELD.height),
  };
}
