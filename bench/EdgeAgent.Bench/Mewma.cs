namespace EdgeAgent.Bench;

/// <summary>
/// Multivariate exponentially weighted moving average (Lowry, Woodall, Champ and Rigdon 1992) with a covariance shrunk towards
/// its diagonal: the classical chart to be held against. Its limit is a multiple of the training rows' 0.999 quantile.
/// </summary>
internal sealed class Mewma(IReadOnlyList<int> channels, double multiple)
{
    private const double Weight = 0.05;
    private const double Shrink = 0.3;

    /// <returns>One alarm per row; the training rows have none.</returns>
    public bool[] Alarms(IReadOnlyList<double[]> rows, int trainRows)
    {
        var smooth = Smooth(rows, trainRows);
        var inverse = Inverse(Covariance(smooth, trainRows));
        var distance = smooth.Select(row => Quadratic(row, inverse)).ToArray();
        var limit = multiple * Quantile([.. distance.Take(trainRows).Order()], 0.999);
        return [.. distance.Select((one, row) => row >= trainRows && one > limit)];
    }

    private double[][] Smooth(IReadOnlyList<double[]> rows, int trainRows)
    {
        var mean = channels.Select(c => rows.Take(trainRows).Average(row => row[c])).ToArray();
        var deviation = channels.Select((c, i) => Math.Sqrt(rows.Take(trainRows).Average(row => Math.Pow(row[c] - mean[i], 2))) + 1e-9).ToArray();
        var at = new double[channels.Count];
        return [.. rows.Select(row =>
        {
            for (var i = 0; i < at.Length; i++)
            {
                at[i] += Weight * (((row[channels[i]] - mean[i]) / deviation[i]) - at[i]);
            }

            return at.ToArray();
        })];
    }

    private static double[,] Covariance(double[][] rows, int count)
    {
        var n = rows[0].Length;
        var mean = Enumerable.Range(0, n).Select(i => rows.Take(count).Average(row => row[i])).ToArray();
        var covariance = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var shared = rows.Take(count).Sum(row => (row[i] - mean[i]) * (row[j] - mean[j])) / (count - 1);
                covariance[i, j] = i == j ? shared : (1 - Shrink) * shared;
            }
        }

        return covariance;
    }

    /// <summary>Gauss-Jordan without pivoting, which a positive definite matrix does not need.</summary>
    private static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            inverse[i, i] = 1;
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = 1 / matrix[pivot, pivot];
            for (var j = 0; j < n; j++)
            {
                matrix[pivot, j] *= scale;
                inverse[pivot, j] *= scale;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = i == pivot ? 0 : matrix[i, pivot];
                for (var j = 0; j < n; j++)
                {
                    matrix[i, j] -= factor * matrix[pivot, j];
                    inverse[i, j] -= factor * inverse[pivot, j];
                }
            }
        }

        return inverse;
    }

    private static double Quadratic(double[] row, double[,] inverse)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[i] * inverse[i, j] * row[j];
            }
        }

        return sum;
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
