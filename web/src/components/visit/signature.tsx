import type { SVGProps } from 'react';

/** The field that is signed on, in the units of its strokes. */
export const FIELD = { width: 600, height: 200 };

/** A signature: an SVG's path. */
export function Signature({
  strokes,
  label,
  ...rest
}: { strokes: string; label: string } & SVGProps<SVGSVGElement>) {
  return (
    <svg {...rest} viewBox={`0 0 ${FIELD.width} ${FIELD.height}`} role="img" aria-label={label}>
      <path
        d={strokes}
        fill="none"
        stroke="currentColor"
        strokeWidth={4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
