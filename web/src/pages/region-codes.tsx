import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptRegion, RegionMove } from '../api/types';
import { Loaded } from '../components/loaded';
import { MoveDialog } from '../components/region/move-dialog';
import { MovesCard } from '../components/region/moves-card';
import { RegionDialog } from '../components/region/region-dialog';
import { RemovalDialog, type Removed } from '../components/region/removal-dialog';
import { TreeCard } from '../components/region/tree-card';
import { UnknownCard } from '../components/region/unknown-card';
import { useRegionBook } from '../components/region/use-region-book';
import { useTitle } from '../lib/use-title';

type Asked =
  | { region: KeptRegion | null; code: string }
  | { move: RegionMove | null; oldCode: string }
  | { removed: Removed };

/** Which regions there are, which codes moved, and what files brought that is neither. */
export function RegionCodes() {
  const { t } = useTranslation();
  useTitle(t('regionCode.title'));
  const query = useRegionBook();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('regionCode.title')}</h1>
          <p className="muted">{t('regionCode.lead')}</p>
        </div>
      </div>
      <Loaded query={query}>
        {(book) => (
          <>
            <UnknownCard
              book={book}
              onAdd={(code) => setAsked({ region: null, code })}
              onMap={(oldCode) => setAsked({ move: null, oldCode })}
            />
            <MovesCard
              moves={book.moves}
              onAdd={() => setAsked({ move: null, oldCode: '' })}
              onCorrect={(move) => setAsked({ move, oldCode: move.oldCode })}
              onRemove={(oldCode) => setAsked({ removed: { oldCode } })}
            />
            <TreeCard
              regions={book.regions}
              onAdd={() => setAsked({ region: null, code: '' })}
              onRename={(region) => setAsked({ region, code: region.code })}
              onRemove={(code) => setAsked({ removed: { code } })}
            />
            {asked && 'region' in asked && <RegionDialog {...asked} onClose={close} />}
            {asked && 'move' in asked && <MoveDialog {...asked} regions={book.regions} onClose={close} />}
            {asked && 'removed' in asked && <RemovalDialog {...asked} onClose={close} />}
          </>
        )}
      </Loaded>
    </>
  );
}
