const NAMES: Record<string, string> = { 'public:dice': '公开掷骰', 'public:lottery': '公开摇号' };

/** What people call a public source; one of another kind goes by the name that the manifest gives it. */
export const publicSourceName = (contributor: string): string =>
  NAMES[contributor] ?? contributor.replace(/^public:/, '');
