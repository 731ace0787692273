import { revealBody, revealed } from '../schemas/personal-data';
import { endpoint } from './endpoint';

export const personalDataContract = {
  revealPersonalData: endpoint({
    id: 'revealPersonalData',
    method: 'post',
    path: '/personal-data/reveal',
    tag: 'registries',
    summary: '显示被遮盖的个人信息（记入审计日志）',
    body: revealBody,
    answer: revealed,
  }),
};
