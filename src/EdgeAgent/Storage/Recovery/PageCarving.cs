namespace EdgeAgent.Storage.Recovery;

/// <summary>Which pages of a damaged database are looked at, and in what order: what is found first is the newest.</summary>
internal static class PageCarving
{
    /// <param name="sealedRows">
    /// A row says itself whether it is sound, so pages of broken frames are looked at, too. Without seals they are not: a torn page is half
    /// of one time and half of another.
    /// </param>
    public static void EachPage(string path, bool sealedRows, Action<DatabasePages, byte[]> look)
    {
        using var pages = new DatabasePages(path);
        Look(pages, look, stale: false);
        if (pages.LogIsBroken)
        {
            // A transaction that is there in part may have moved rows from a page that is there to one that is not.
            Look(pages, look, stale: true);
            using var before = new DatabasePages(path, asSqlite: true);
            Look(before, look, stale: false);
            Look(before, look, stale: true);
            foreach (var page in sealedRows ? pages.BrokenPages() : [])
            {
                look(pages, page);
            }
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
