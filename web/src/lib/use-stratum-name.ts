import { useTranslation } from 'react-i18next';
import { useRegionName } from './use-organisation';

export type Level = 'high' | 'normal' | 'low';

interface Part {
  letter: string;
  region: string | null;
  level: Level | null;
}

interface Names {
  /** `B（东县、行业高风险）`: in a column of strata. */
  short: (stratum: string) => string;
  /** `B 类（东县、行业高风险）`: in a text. */
  full: (stratum: string) => string;
}

/** A stratum in words: its class, and the county and level of industry risk that it is about. */
export function useStratumName(): Names {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const noteOf = ({ region, level }: Part) => {
    const words = [
      ...(region === null ? [] : [regionName(region)]),
      ...(level === null ? [] : [t(`strata.levels.${level}`)]),
    ];
    return words.length === 0 ? '' : t('strata.note', { words: words.join(t('strata.and')) });
  };
  const named = (stratum: string, classText: (letter: string) => string) => {
    const part = partOf(stratum);
    return part ? classText(part.letter) + noteOf(part) : stratum;
  };
  return {
    short: (stratum) => named(stratum, (letter) => letter),
    full: (stratum) => named(stratum, (letter) => t('strata.class', { letter })),
  };
}

function partOf(stratum: string): Part | null {
  const [, letter, region, level] = /^([A-D])(?:-(\d{6}))?(?:-(high|normal|low))?$/.exec(stratum) ?? [];
  if (letter === undefined) return null;
  return { letter, region: region ?? null, level: (level ?? null) as Level | null };
}
