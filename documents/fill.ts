/**
 * Puts data into a template. Values are marks until the Markdown has been read: whatever somebody is called or wrote, it is
 * never taken for Markdown, and neither breaks a table nor makes a heading.
 */
import Mustache from 'mustache';
import type { Data } from './fields';

// From the private use area: in no text that a template or Markdown gives a meaning to.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/g;

export interface Filled {
  markdown: string;
  /** Each mark's value in its place. */
  unmark: (text: string) => string;
}

/** The template has been checked (check-template.ts). */
export function fill(template: string, data: Data): Filled {
  const values: string[] = [];
  const markdown = Mustache.render(template, data, undefined, {
    escape: (value: unknown) => `${OPEN}${values.push(String(value)) - 1}${CLOSE}`,
  });
  return {
    markdown,
    unmark: (text) => text.replace(MARK, (_, at: string) => values[Number(at)] ?? ''),
  };
}

/** Where a template has a character that marks are made of; -1: nowhere. */
export const markAround = (template: string): number => template.search(/[\uE000\uE001]/);
