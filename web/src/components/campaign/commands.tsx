import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, Command, Me } from '../../api/types';
import { awaitedDepartments } from '../../lib/awaited-departments';
import { LinkButton } from '../link-button';
import { ConfirmDialog } from './confirm-dialog';
import { PublicValueDialog } from './public-value-dialog';
import { RevealDialog } from './reveal-dialog';
import { SealDialog } from './seal-dialog';

/** Changes after the draw are approved where they were asked for (amendments/). */
type Given = Exclude<Command, 'amend'>;
const isGiven = (command: Command): command is Given => command !== 'amend';

/** What the signed-in person may do with the campaign now: a button each, with the dialog behind it. */
export function Commands({ campaign, me }: { campaign: Campaign; me: Me }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Given | null>(null);
  const possible = campaign.possibleCommands
    .filter(isGiven)
    .filter((command) => isTimely(command, campaign, me))
    .sort((a, b) => Number(setsBack(a)) - Number(setsBack(b)));
  const onClose = () => setOpen(null);
  const decides = campaign.possibleCommands.includes('amend') && campaign.amendmentsWaiting > 0;
  if (possible.length === 0 && !decides) return <span className="muted">{t('campaign.nothingForYou')}</span>;
  return (
    <>
      <Space wrap>
        {decides && (
          <LinkButton to={`/campaigns/${campaign.code}?tab=amendments`}>
            {t('campaign.decideAmendments', { n: campaign.amendmentsWaiting })}
          </LinkButton>
        )}
        {possible.map((command, at) => (
          <Button
            key={command}
            type={at === 0 && !setsBack(command) ? 'primary' : 'default'}
            danger={setsBack(command)}
            onClick={() => setOpen(command)}
          >
            {t(`commands.${command}`)}
          </Button>
        ))}
      </Space>
      {open === 'seal' && <SealDialog campaign={campaign} onClose={onClose} />}
      {open === 'reveal' && <RevealDialog campaign={campaign} onClose={onClose} />}
      {open === 'recordPublicValue' && <PublicValueDialog campaign={campaign} onClose={onClose} />}
      {open !== null && open !== 'seal' && open !== 'reveal' && open !== 'recordPublicValue' && (
        <ConfirmDialog command={open} campaign={campaign} onClose={onClose} />
      )}
    </>
  );
}

/** These come last, and never as the first thing to press. */
const setsBack = (command: Command) => command === 'cancel' || command === 'return';

const isPublic = (contributor: string) => contributor.startsWith('public:');

/** The stage allows it; whether the ceremony has come that far shows in its contributions. */
function isTimely(command: Given, campaign: Campaign, me: Me): boolean {
  const contributions = campaign.ceremony?.contributions ?? [];
  const departmentsRevealed = contributions.every((one) => isPublic(one.contributor) || one.revealed);
  const publicMissing = contributions.some((one) => isPublic(one.contributor) && !one.revealed);
  switch (command) {
    case 'seal':
      return awaitedDepartments(campaign, me, 'sealed').length > 0;
    case 'reveal':
      return awaitedDepartments(campaign, me, 'revealed').length > 0;
    case 'recordPublicValue':
      return departmentsRevealed && publicMissing;
    case 'draw':
      return departmentsRevealed && !publicMissing;
    default:
      return true;
  }
}
