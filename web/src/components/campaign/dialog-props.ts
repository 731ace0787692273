import type { Campaign } from '../../api/types';

export interface DialogProps {
  campaign: Campaign;
  onClose: () => void;
}
