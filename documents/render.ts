import { fill } from './fill';
import type { Data } from './fields';
import { withoutControls } from './glyphs';
import { readMarkdown } from './read-markdown';
import { toDocx } from './to-docx';
import { toPdf } from './to-pdf';
import type { DocumentTree } from './tree';

export const FORMATS = ['pdf', 'docx'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Record<Format, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** All that a document is made from: it can be sent to another thread. */
export interface RenderJob {
  format: Format;
  title: string;
  /** Which version of which template, in words, for its foot. */
  origin: string;
  /** Each begins on a page of its own. */
  parts: readonly { template: string; data: Data }[];
}

/** Makes a document file out of job; whoever renders for others does it in another thread (render-apart.ts). */
export type Renderer = (job: RenderJob) => Promise<Uint8Array>;

export const renderDocument: Renderer = async (job) => {
  const tree = withoutControls(treeOf(job));
  return job.format === 'pdf' ? toPdf(tree) : toDocx(tree);
};

const treeOf = ({ title, origin, parts }: RenderJob): DocumentTree => ({
  title,
  origin,
  parts: parts.map(({ template, data }) => {
    const { markdown, unmark } = fill(template, data);
    return readMarkdown(markdown, unmark);
  }),
});
