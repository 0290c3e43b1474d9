namespace EdgeAgent.Storage.Recovery;

/// <summary>Which pages of a damaged database are looked at, and in what order: what is found first is the newest.</summary>
internal static class PageCarving
{
    public static void EachPage(string path, Action<DatabasePages, byte[]> look)
    {
        using var pages = new DatabasePages(path);
        Look(pages, look, stale: false);
        if (pages.LogIsBroken)
        {
            foreach (var page in pages.BrokenPages())
            {
                look(pages, page);
            }

            // A transaction that is there in part may have moved rows from a page that is there to one that is not.
            Look(pages, look, stale: true);
            using var before = new DatabasePages(path, asSqlite: true);
            Look(before, look, stale: false);
            Look(before, look, stale: true);
        }
    }

    private static void Look(DatabasePages pages, Action<DatabasePages, byte[]> look, bool stale)
    {
        var free = pages.FreePages();
        for (var number = 2; number <= pages.Count; number++)
        {
            if (!free.Contains(number) && pages.IsStale(number) == stale)
            {
                look(pages, pages.Page(number));
            }
        }
    }
}
