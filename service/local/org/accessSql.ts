/** Users whose records this user sees by role: herself and everyone in a role below hers. One parameter: the user id, twice. */
export const OWNERS = `
  WITH RECURSIVE below(id) AS (
    SELECT child.Id FROM UserRole child JOIN "User" me ON child.ParentRoleId = me.UserRoleId WHERE me.Id = ?
    UNION SELECT child.Id FROM UserRole child JOIN below ON child.ParentRoleId = below.id)
  SELECT u.Id FROM "User" u WHERE u.Id = ? OR u.UserRoleId IN (SELECT id FROM below)`;

/** Territories of the active model where the user is a member, with their descendants. One parameter: the user id. */
export const TERRITORIES = `
  WITH RECURSIVE mine(id) AS (
    SELECT m.Territory2Id FROM UserTerritory2Association m
      JOIN Territory2 t ON t.Id = m.Territory2Id
      JOIN Territory2Model model ON model.Id = t.Territory2ModelId AND model.State = 'Active'
      WHERE m.UserId = ? AND m.IsActive = 1
    UNION SELECT t.Id FROM Territory2 t JOIN mine ON t.ParentTerritory2Id = mine.id)
  SELECT id FROM mine`;
