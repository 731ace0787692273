import { z } from 'zod';
import {
  dayAgreement,
  dayCheck,
  dayProposal,
  dayQuery,
  periodQuery,
  visitCalendar,
  visitDay,
} from '../schemas/visit-days';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int() });

/** On which day the departments go together. */
export const visitDaysContract = {
  readVisitDay: endpoint({
    id: 'readVisitDay',
    method: 'get',
    path: '/visits/{id}/day',
    tag: 'visits',
    summary: '上门日期：提议、各部门同意情况和冲突',
    params: id,
    answer: visitDay,
  }),
  checkVisitDay: endpoint({
    id: 'checkVisitDay',
    method: 'get',
    path: '/visits/{id}/day/check',
    tag: 'visits',
    summary: '提议之前：某日各检查人员有无冲突',
    params: id,
    query: dayQuery,
    answer: dayCheck,
  }),
  proposeVisitDay: endpoint({
    id: 'proposeVisitDay',
    method: 'post',
    path: '/visits/{id}/day/proposals',
    tag: 'visits',
    summary: '提议上门日期，或另提日期',
    params: id,
    body: dayProposal,
    answer: visitDay,
    status: 201,
    once: 'transaction',
  }),
  agreeToVisitDay: endpoint({
    id: 'agreeToVisitDay',
    method: 'post',
    path: '/visits/{id}/day/agreement',
    tag: 'visits',
    summary: '同意上门日期；各部门都同意后即确定',
    params: id,
    body: dayAgreement,
    answer: visitDay,
  }),
  readVisitCalendar: endpoint({
    id: 'readVisitCalendar',
    method: 'get',
    path: '/visit-calendar',
    tag: 'visits',
    summary: '我的检查日历：本人参加的、本部门（联络员）的',
    query: periodQuery,
    answer: visitCalendar,
  }),
};
