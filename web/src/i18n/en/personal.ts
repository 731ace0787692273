import type { Same } from '../same';
import type { personalTexts as zh } from '../zh/personal';

export const personalTexts: Same<typeof zh> = {
  personal: {
    show: 'Show',
    hide: 'Hide',
    hint: 'Personal data: look only where your work needs it. Looking goes into the audit log',
    exportMore: 'Other ways to export',
    exportClear: 'With contacts and certificates (on record)',
  },
};
