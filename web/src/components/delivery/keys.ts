export const DELIVERIES_KEY = ['deliveries'];
