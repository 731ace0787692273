import { useState, type ReactNode } from 'react';
import { Problem } from '../../api/problem';
import { ProofDialog } from './proof-dialog';

interface Asked {
  go: () => void;
  leave: () => void;
}

/**
 * What ends sessions or changes a factor is for who has just shown who they are. Where the API wants that, `proven` asks
 * in a dialog and repeats the call; the dialog has to be on the page.
 */
export function useProof(): { proven: <T>(act: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const proven = async <T,>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Problem) || error.type !== 'proof-needed') throw error;
      await new Promise<void>((go, refuse) => setAsked({ go, leave: () => refuse(error) }));
      return act();
    }
  };
  const end = (answer: (() => void) | undefined) => {
    setAsked(null);
    answer?.();
  };
  const dialog = asked && <ProofDialog onProven={() => end(asked.go)} onClose={() => end(asked.leave)} />;
  return { proven, dialog };
}
