import { Button, Card, Empty, Input, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KeptRegion } from '../../api/types';
import './region.css';

interface Props {
  regions: KeptRegion[];
  onAdd: () => void;
  onRename: (region: KeptRegion) => void;
  onRemove: (code: string) => void;
}

/** A province's counties are a hundred; whoever has more of them searches. */
const SHOWN = 300;

/** The regions in use, each below the one it lies in. */
export function TreeCard({ regions, onAdd, onRename, onRemove }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const found = regions.filter(({ code, name }) => code.startsWith(text) || name.includes(text));
  const depthOf = (region: KeptRegion): number => {
    const parent = regions.find(({ code }) => code === region.parentCode);
    return parent ? depthOf(parent) + 1 : 0;
  };
  return (
    <Card title={t('regionCode.tree')} extra={<Button onClick={onAdd}>{t('regionCode.add')}</Button>}>
      <Input.Search
        allowClear
        className="gap-below region-search"
        aria-label={t('regionCode.search')}
        placeholder={t('regionCode.search')}
        onChange={(event) => setText(event.target.value.trim())}
      />
      {found.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('regionCode.noneFound')} />
      ) : (
        <ul className="row-list">
          {found.slice(0, SHOWN).map((region) => (
            <li key={region.code} className={`region-depth-${Math.min(depthOf(region), 2)}`}>
              <div className="row-head">
                <span>
                  <strong>{region.isNamed ? region.name : region.code}</strong>{' '}
                  {region.isNamed ? (
                    <span className="mono muted">{region.code}</span>
                  ) : (
                    <Tag color="orange">{t('regionCode.unnamed')}</Tag>
                  )}
                </span>
                <Space wrap>
                  <Button
                    size="small"
                    onClick={() => onRename(region)}
                    aria-label={`${t('regionCode.rename')} ${region.code}`}
                  >
                    {t('regionCode.rename')}
                  </Button>
                  {region.entitiesWithin === 0 && region.inspectors === 0 && (
                    <Button
                      size="small"
                      danger
                      onClick={() => onRemove(region.code)}
                      aria-label={`${t('regionCode.remove')} ${region.code}`}
                    >
                      {t('regionCode.remove')}
                    </Button>
                  )}
                </Space>
              </div>
              <div className="small">
                <Link to={`/entities?region=${region.code}`}>
                  {t('regionCode.entities', { n: region.entitiesWithin.toLocaleString('en') })}
                </Link>{' '}
                · {t('regionCode.inspectors', { n: region.inspectors })}
              </div>
            </li>
          ))}
        </ul>
      )}
      {found.length > SHOWN && <p className="muted">{t('regionCode.more', { n: found.length - SHOWN })}</p>}
    </Card>
  );
}
