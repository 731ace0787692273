/** What people do on a campaign's page, whoever they are. */
import type { Page } from 'playwright-core';

/** Presses a command, and confirms it in its dialog. */
export async function give(page: Page, command: string): Promise<void> {
  await openDialog(page, command);
  await confirm(page, command);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

export async function openDialog(page: Page, command: string): Promise<void> {
  await page.getByRole('button', { name: command, exact: true }).click();
  await page.getByRole('dialog').waitFor();
}

/** Right after an attempt that failed, the sign of its waiting may still be part of the button's name. */
export const confirm = (page: Page, command: string): Promise<void> =>
  page.getByRole('button', { name: new RegExp(`确认${command}$`) }).click();

/** The page shows it by itself within some seconds when others moved the campaign. */
export const seeStage = (page: Page, stage: string): Promise<void> =>
  page.locator('.page-head .ant-tag', { hasText: new RegExp(`^${stage}$`) }).waitFor();

export const see = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor();

/** Chooses in a drop-down by its label. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).first().click();
  await page.locator('.ant-select-item-option:visible', { hasText: option }).click();
}

/** Types the two dates of the plan's window. */
export async function setWindow(page: Page, from: string, to: string): Promise<void> {
  const [start, end] = [page.getByLabel('检查期限'), page.locator('input[date-range="end"]')];
  await start.click();
  await start.fill(from);
  await start.press('Tab');
  await end.fill(to);
  await end.press('Tab');
}
