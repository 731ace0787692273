import type { Same } from '../same';
import type { evidenceTexts as zh } from '../zh/evidence';

export const evidenceTexts: Same<typeof zh> = {
  evidence: {
    files: 'Other evidence',
    filesHint:
      'Papers, receipts, films. Seen only by this visit’s inspectors, the department’s liaison, the lead and who approves; each reading is recorded.',
    title: '{{name}}, uploaded by {{by}}, {{at}}',
    camera: 'Take a photo',
    choosePhotos: 'Choose photos',
    chooseFiles: 'Add files',
    takeBack: 'Take back',
    takeBackAsk: 'The file is erased. Take it back?',
    full: '{{n}} photos: no more are taken',
    count: '{{range}} photos',
    hidden: '{{n}} photos (seen only by inspectors, liaison, lead and who approves)',
    refused: 'Refused',
    waiting: 'Waiting',
    keptHere: 'Kept here',
    discard: 'Delete',
    stillSending: 'Files still on their way: {{n}}. Submit when they have arrived.',
    notInPreview: 'On site, photos are taken or chosen here.',
  },
  outbox: {
    offline: 'Offline: go on; what you enter is kept on this device and sent when the network is back.',
    offlineKept: 'Offline. Kept on this device: {{n}}; sent by itself when the network is back.',
  },
};
