import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryPreview } from '../../api/types';
import './delivery.css';

/** The newest published results as the receiver would get them. */
export function LayoutPreview({ preview: { headings, rows, problems } }: { preview: DeliveryPreview }) {
  const { t } = useTranslation();
  return (
    <section role="status" className="gap-below">
      {problems.map(({ field, message }) => (
        <Alert key={`${field} ${message}`} type="error" showIcon className="gap-below" title={message} />
      ))}
      <p className="muted small">
        {t(rows.length === 0 ? 'deliveries.previewEmpty' : 'deliveries.previewHint')}
      </p>
      <div className="delivery-preview" tabIndex={0} role="region" aria-label={t('deliveries.preview')}>
        <table>
          <thead>
            <tr>
              {headings.map((heading, at) => (
                <th key={at} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, at) => (
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
