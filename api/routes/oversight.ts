import { countByDepartment } from '../../db/task-views';
import { workContract as contract } from '../contract/work';
import { implement } from '../implement';

export const oversightRoutes = [
  implement(contract.readOversight, async ({ query }, { db, now }) => ({
    rows: (await countByDepartment(db, now(), query.campaign ?? null)).map((row) => ({
      department: { code: row.code, name: row.name },
      due: row.due,
      doneOnTime: row.done_on_time,
      doneLate: row.done_late,
      openTasks: row.open_tasks,
      overdueNow: row.overdue_now,
      urgingOrders: row.urging_orders,
    })),
  })),
];
