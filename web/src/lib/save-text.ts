import { saveFile } from './save-file';

/** Offers a text as a file to keep. */
export const saveText = (fileName: string, text: string): void =>
  saveFile(fileName, new Blob([text], { type: 'text/plain;charset=utf-8' }));
