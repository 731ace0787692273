import { Problem } from '../../api/problem';
import type { Evidence } from '../../api/types';

interface Sending {
  visit: number;
  item: string;
  question: string | null;
  name: string;
  blob: Blob;
  onProgress: (percent: number) => void;
}

/** Sends a file and tells how far it is, which `fetch` can't. */
export function sendFile({ visit, item, question, name, blob, onProgress }: Sending): Promise<Evidence> {
  const query = new URLSearchParams({ item, fileName: name, ...(question === null ? {} : { question }) });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/visits/${visit}/evidence?${query.toString()}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((loaded / total) * 100));
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(Problem.unreachable());
    request.onload = () => {
      const answer = request.response as unknown;
      if (request.status === 201) resolve(answer as Evidence);
      else reject(Problem.from(answer, request.status));
    };
    request.send(blob);
  });
}
