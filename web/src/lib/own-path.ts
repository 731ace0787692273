/** Only a path of this site: a link must not lead somebody who just signed in elsewhere. */
export const ownPath = (from: string | null): string =>
  from !== null && /^\/(?![/\\])/.test(from) ? from : '/';
