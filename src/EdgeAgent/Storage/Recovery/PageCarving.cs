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
            Look(pages, look, pages.BrokenPages(newest: true));
            Look(pages, look, stale: true);

            // A transaction that is there in part may have moved rows from a page that is there to one that is not.
            using var before = new DatabasePages(path, asSqlite: true);
            Look(before, look, stale: false);
            Look(before, look, stale: true);
            Look(pages, look, pages.BrokenPages(newest: false));
        }
    }

    private static void Look(DatabasePages pages, Action<DatabasePages, byte[]> look, IEnumerable<byte[]> some)
    {
        foreach (var page in some)
        {
            look(pages, page);
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
