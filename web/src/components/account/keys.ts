export const ACCOUNT_KEY = ['account'];
export const SESSIONS_KEY = ['account', 'sessions'];
