import { answerOf, api } from '../api/client';

/** Leaves for the identity provider; its answer comes back to /login/provider, which goes on to `returnTo`. */
export async function goToProvider(purpose: 'sign-in' | 'link' | 'proof', returnTo: string): Promise<void> {
  const { url } = await answerOf(api.POST('/api/v1/session/provider', { body: { purpose, returnTo } }));
  window.location.assign(url);
}
